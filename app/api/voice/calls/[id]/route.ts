import { getCall } from "@/lib/calls/list-calls";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** One call with its transcript. */
export const GET = memberRoute("voice/call", {
  act: ({ ctx, orgId, params }) => getCall(ctx, orgId, uuidParam(params, "id")),
});
