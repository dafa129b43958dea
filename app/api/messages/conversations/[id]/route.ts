import { z } from "zod";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { queryOf } from "@/lib/http/query";
import { getConversation, getEarlier } from "@/lib/inbox/get-conversation";

export const dynamic = "force-dynamic";

const QUERY = z.object({ before: z.uuid().optional() });

/** One conversation and its latest messages; with `?before=`, what stands before that message. */
export const GET = memberRoute("messages/conversation", {
  act: ({ ctx, orgId, params, request }) => {
    const id = uuidParam(params, "id");
    const { before } = queryOf(request, QUERY);
    return before === undefined ? getConversation(ctx, orgId, id) : getEarlier(ctx, orgId, id, before);
  },
});
