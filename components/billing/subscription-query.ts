import { queryOptions } from "@tanstack/react-query";
import type { SubscriptionDto } from "@/lib/billing/get-subscription";

export const subscriptionQuery = () =>
  queryOptions<SubscriptionDto>({ queryKey: ["billing", "subscription"] });
