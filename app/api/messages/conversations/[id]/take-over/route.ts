import { memberContext } from "@/lib/auth/session";
import { uuidParam } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { takeOver } from "@/lib/inbox/take-over";

export const dynamic = "force-dynamic";

/** The signed-in member holds the conversation; the AI is silent in it. */
export const POST = route("messages/take-over", async (request, { params }) => {
  const ctx = await memberContext(request.headers);
  return Response.json(await takeOver(ctx, ctx.actor.orgId, uuidParam(params, "id")));
});
