import { memberContext } from "@/lib/auth/session";
import { listCallBacks } from "@/lib/calls/call-backs";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** Who wants to be rung back. */
export const GET = route("voice/call-backs", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json({ callBacks: await listCallBacks(ctx, ctx.actor.orgId) });
});
