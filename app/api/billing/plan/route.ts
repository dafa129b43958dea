import { getPlan } from "@/lib/billing/get-plan";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The plan that can be chosen, and its prices. */
export const GET = memberRoute("billing/plan", {
  act: async ({ ctx, orgId }) => ({ plan: await getPlan(ctx, orgId) }),
});
