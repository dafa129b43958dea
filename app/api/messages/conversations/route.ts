import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { limitOf } from "@/lib/http/query";
import { listConversations } from "@/lib/inbox/list-conversations";
import { startConversation } from "@/lib/inbox/start-conversation";

export const dynamic = "force-dynamic";

/** Conversations, those that want attention first. */
export const GET = memberRoute("messages/conversations", {
  act: async ({ ctx, orgId, request }) => ({
    conversations: await listConversations(ctx, orgId, limitOf(request, 50)),
  }),
});

/** The conversation with a number, made where there is none. */
export const POST = memberRoute("messages/start-conversation", {
  body: z.object({ channel: z.enum(["sms", "whatsapp"]), phone: z.string().max(40) }),
  limit: LIMITS.startConversation,
  act: ({ ctx, orgId, body }) => startConversation(ctx, { orgId, ...body }),
});
