import { z } from "zod";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { MAX_REPLY, reply } from "@/lib/inbox/reply";

export const dynamic = "force-dynamic";

/** The member's own words to the customer; the same key sends once. */
export const POST = memberRoute("messages/reply", {
  body: z.object({ body: z.string().max(MAX_REPLY.whatsapp), key: z.string().min(8).max(64) }),
  status: 202,
  act: ({ ctx, orgId, params, body }) =>
    reply(ctx, { orgId, conversationId: uuidParam(params, "id"), ...body }),
});
