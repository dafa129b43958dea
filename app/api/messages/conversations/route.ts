import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { limitOf, queryOf } from "@/lib/http/query";
import { listConversations } from "@/lib/inbox/list-conversations";
import { listQuery } from "@/lib/inbox/list-query";
import { startConversation } from "@/lib/inbox/start-conversation";

export const dynamic = "force-dynamic";

/** A page of conversations, those that want attention first, then the latest. */
export const GET = memberRoute("messages/conversations", {
  act: ({ ctx, orgId, request }) => {
    const { filter, ...more } = queryOf(request, listQuery);
    return listConversations(ctx, orgId, { view: filter, ...more, limit: limitOf(request, 50) });
  },
});

/** The conversation with a number, made where there is none. */
export const POST = memberRoute("messages/start-conversation", {
  body: z.object({ channel: z.enum(["sms", "whatsapp"]), phone: z.string().max(40) }),
  limit: LIMITS.startConversation,
  act: ({ ctx, orgId, body }) => startConversation(ctx, { orgId, ...body }),
});
