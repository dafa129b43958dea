import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { clientKey, typedText } from "@/lib/http/typed";
import { MAX_REPLY, reply } from "@/lib/inbox/reply";

export const dynamic = "force-dynamic";

/** The member's own words to the customer; the same key sends once, and nobody answers over a colleague unawares. */
export const POST = memberRoute("messages/reply", {
  body: z.object({
    body: typedText(MAX_REPLY.whatsapp),
    key: clientKey,
    seen: z.uuid().nullish(),
    anyway: z.boolean().optional(),
  }),
  limit: LIMITS.reply,
  status: 202,
  act: ({ ctx, orgId, params, body }) =>
    reply(ctx, { orgId, conversationId: uuidParam(params, "id"), ...body }),
});
