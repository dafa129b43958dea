import { memberRoute } from "@/lib/http/member-route";
import { countConversations } from "@/lib/inbox/count-conversations";

export const dynamic = "force-dynamic";

/** How many conversations each view of the inbox has. */
export const GET = memberRoute("messages/counts", {
  act: ({ ctx, orgId }) => countConversations(ctx, orgId),
});
