import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { clientKey, typedText } from "@/lib/http/typed";
import { addNote, MAX_NOTE } from "@/lib/inbox/add-note";

export const dynamic = "force-dynamic";

/** An internal note: only the team sees it. */
export const POST = memberRoute("messages/note", {
  body: z.object({ body: typedText(MAX_NOTE), key: clientKey }),
  limit: LIMITS.note,
  status: 201,
  act: ({ ctx, orgId, params, body }) =>
    addNote(ctx, { orgId, conversationId: uuidParam(params, "id"), ...body }),
});
