import { z } from "zod";
import { memberRoute } from "@/lib/http/member-route";
import { queryOf } from "@/lib/http/query";
import { listTemplates } from "@/lib/inbox/list-templates";

export const dynamic = "force-dynamic";

const query = z.object({ conversation: z.uuid().optional() });

/** The approved WhatsApp templates, filled in for `?conversation=`. */
export const GET = memberRoute("messages/templates", {
  act: ({ ctx, orgId, request }) => listTemplates(ctx, orgId, queryOf(request, query).conversation),
});
