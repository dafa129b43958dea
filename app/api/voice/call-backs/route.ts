import { listCallBacks } from "@/lib/calls/call-backs";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Who wants to be rung back. */
export const GET = memberRoute("voice/call-backs", { act: ({ ctx, orgId }) => listCallBacks(ctx, orgId) });
