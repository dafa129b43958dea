import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { typedName, typedText } from "@/lib/http/typed";
import { MAX_CANNED_RESPONSE, MAX_SHORTCUT } from "@/lib/inbox/check-canned-response";
import { saveCannedResponse } from "@/lib/inbox/save-canned-response";

export const dynamic = "force-dynamic";

/** Changes a canned response. */
export const PUT = memberRoute("messages/change-canned-response", {
  body: z.object({ shortcut: typedName(MAX_SHORTCUT + 1), body: typedText(MAX_CANNED_RESPONSE) }),
  limit: LIMITS.note,
  act: ({ ctx, orgId, params, body }) =>
    saveCannedResponse(ctx, orgId, { ...body, id: uuidParam(params, "id") }),
});
