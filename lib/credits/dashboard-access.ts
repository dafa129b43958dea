import { AppError } from "@/lib/shared/errors";
import { type SubscriptionState, termsOf } from "./core/subscription";

/** Throws not_found where this part of the dashboard is not shown: then its data is not answered either. */
export function refuseWithoutDashboard(state: SubscriptionState, part: "balance" | "whole"): void {
  const { dashboard } = termsOf(state);
  if (dashboard === "whole" || dashboard === part) return;
  throw new AppError("not_found", "The credit dashboard is not part of this subscription.");
}
