import { memberContext } from "@/lib/auth/session";
import { getCall } from "@/lib/calls/list-calls";
import { uuidParam } from "@/lib/http/params";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** One call with its transcript. */
export const GET = route("voice/call", async (request, { params }) => {
  const ctx = await memberContext(request.headers);
  return Response.json(await getCall(ctx, ctx.actor.orgId, uuidParam(params, "id")));
});
