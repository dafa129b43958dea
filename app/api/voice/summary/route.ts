import { getSummary } from "@/lib/calls/get-summary";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Today and this week in figures. */
export const GET = memberRoute("voice/summary", { act: ({ ctx, orgId }) => getSummary(ctx, orgId) });
