import { getStanding } from "@/lib/billing/get-standing";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Whether the subscription is paid: every member may know. */
export const GET = memberRoute("billing/standing", { act: ({ ctx, orgId }) => getStanding(ctx, orgId) });
