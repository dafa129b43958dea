import { countCallBacks } from "@/lib/calls/call-backs";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** How many wait to be rung back. */
export const GET = memberRoute("voice/waiting", { act: ({ ctx, orgId }) => countCallBacks(ctx, orgId) });
