import { memberRoute } from "@/lib/http/member-route";
import { limitOf } from "@/lib/http/query";
import { listConversations } from "@/lib/inbox/list-conversations";

export const dynamic = "force-dynamic";

/** Conversations, those that want attention first. */
export const GET = memberRoute("messages/conversations", {
  act: async ({ ctx, orgId, request }) => ({
    conversations: await listConversations(ctx, orgId, limitOf(request, 50)),
  }),
});
