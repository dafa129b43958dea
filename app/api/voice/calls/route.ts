import { memberContext } from "@/lib/auth/session";
import { listCalls } from "@/lib/calls/list-calls";
import { limitOf } from "@/lib/http/query";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** The call log, latest first. */
export const GET = route("voice/calls", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json({ calls: await listCalls(ctx, ctx.actor.orgId, limitOf(request, 50)) });
});
