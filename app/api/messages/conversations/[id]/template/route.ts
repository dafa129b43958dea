import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { clientKey } from "@/lib/http/typed";
import { sendTemplate } from "@/lib/inbox/send-template";

export const dynamic = "force-dynamic";

/** A value's own faults are told at its field by the verb; longer than any text is no value. */
const variables = z.record(z.string().max(600), z.string().max(4_096));

/** A WhatsApp template with its placeholders filled in; the same key sends once. */
export const POST = memberRoute("messages/template", {
  body: z.object({
    templateId: z.uuid(),
    variables,
    key: clientKey,
    seen: z.uuid().nullish(),
    anyway: z.boolean().optional(),
  }),
  limit: LIMITS.reply,
  status: 202,
  act: ({ ctx, orgId, params, body }) =>
    sendTemplate(ctx, { orgId, conversationId: uuidParam(params, "id"), ...body }),
});
