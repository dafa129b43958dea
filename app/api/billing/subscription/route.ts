import { getSubscription } from "@/lib/billing/get-subscription";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The subscription card. */
export const GET = memberRoute("billing/subscription", {
  act: ({ ctx, orgId }) => getSubscription(ctx, orgId),
});
