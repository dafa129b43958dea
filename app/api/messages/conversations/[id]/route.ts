import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { getConversation } from "@/lib/inbox/get-conversation";

export const dynamic = "force-dynamic";

/** One conversation and its messages. */
export const GET = memberRoute("messages/conversation", {
  act: ({ ctx, orgId, params }) => getConversation(ctx, orgId, uuidParam(params, "id")),
});
