import { memberContext } from "@/lib/auth/session";
import { limitOf } from "@/lib/http/query";
import { route } from "@/lib/http/route";
import { listConversations } from "@/lib/inbox/list-conversations";

export const dynamic = "force-dynamic";

/** Conversations, those that want attention first. */
export const GET = route("messages/conversations", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json({
    conversations: await listConversations(ctx, ctx.actor.orgId, limitOf(request, 50)),
  });
});
