import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { clientKey, typedCaption, typedText } from "@/lib/http/typed";
import { MAX_CAPTION, MAX_REPLY, reply } from "@/lib/inbox/reply";

export const dynamic = "force-dynamic";

const seen = { key: clientKey, seen: z.uuid().nullish(), anyway: z.boolean().optional() };

/**
 * The member's own words to the customer, or a file that they have uploaded; the same key sends once, and nobody answers over
 * a colleague unawares.
 */
export const POST = memberRoute("messages/reply", {
  body: z.union([
    z.object({ ...seen, body: typedCaption(MAX_CAPTION), mediaId: z.uuid() }),
    z.object({ ...seen, body: typedText(MAX_REPLY.whatsapp) }),
  ]),
  limit: LIMITS.reply,
  status: 202,
  act: ({ ctx, orgId, params, body }) =>
    reply(ctx, { orgId, conversationId: uuidParam(params, "id"), ...body }),
});
