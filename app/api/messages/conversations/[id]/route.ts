import { memberContext } from "@/lib/auth/session";
import { uuidParam } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { getConversation } from "@/lib/inbox/get-conversation";

export const dynamic = "force-dynamic";

/** One conversation and its messages. */
export const GET = route("messages/conversation", async (request, { params }) => {
  const ctx = await memberContext(request.headers);
  return Response.json(await getConversation(ctx, ctx.actor.orgId, uuidParam(params, "id")));
});
