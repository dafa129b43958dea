import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { queryOf } from "@/lib/http/query";
import { typedName, typedText } from "@/lib/http/typed";
import { MAX_CANNED_RESPONSE, MAX_SHORTCUT } from "@/lib/inbox/check-canned-response";
import { knownFor, listCannedResponses } from "@/lib/inbox/list-canned-responses";
import { saveCannedResponse } from "@/lib/inbox/save-canned-response";

export const dynamic = "force-dynamic";

const QUERY = z.object({ conversation: z.uuid().optional() });

/** The words that the garage's people use again and again; with `?conversation=`, also what fills them in there. */
export const GET = memberRoute("messages/canned-responses", {
  act: async ({ ctx, orgId, request }) => {
    const { conversation } = queryOf(request, QUERY);
    const [cannedResponses, known] = await Promise.all([
      listCannedResponses(ctx, orgId),
      conversation === undefined ? undefined : knownFor(ctx, orgId, conversation),
    ]);
    return { cannedResponses, known };
  },
});

/** A new one. */
export const POST = memberRoute("messages/new-canned-response", {
  body: z.object({ shortcut: typedName(MAX_SHORTCUT + 1), body: typedText(MAX_CANNED_RESPONSE) }),
  limit: LIMITS.note,
  status: 201,
  act: ({ ctx, orgId, body }) => saveCannedResponse(ctx, orgId, body),
});
