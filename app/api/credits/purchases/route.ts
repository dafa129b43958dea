import { listPurchases } from "@/lib/billing/list-purchases";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Past pack purchases. */
export const GET = memberRoute("credits/purchases", {
  act: async ({ ctx, orgId }) => ({ purchases: await listPurchases(ctx, orgId) }),
});
