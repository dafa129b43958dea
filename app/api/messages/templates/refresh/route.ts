import { z } from "zod";
import { listWhatsAppTemplates } from "@/lib/channels/whatsapp/list-templates";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { refreshTemplates } from "@/lib/inbox/list-templates";

export const dynamic = "force-dynamic";

/** Reads the templates from WhatsApp now, and answers with them. */
export const POST = memberRoute("messages/templates/refresh", {
  body: z.object({ conversation: z.uuid().optional() }),
  limit: LIMITS.askMeta,
  act: ({ ctx, orgId, body }) => refreshTemplates(ctx, listWhatsAppTemplates, orgId, body.conversation),
});
