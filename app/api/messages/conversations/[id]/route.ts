import { z } from "zod";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { getConversation, getEarlier } from "@/lib/inbox/get-conversation";

export const dynamic = "force-dynamic";

/** One conversation and its latest messages; with `?before=`, what stands before that message. */
export const GET = memberRoute("messages/conversation", {
  act: ({ ctx, orgId, params, request }) => {
    const id = uuidParam(params, "id");
    const before = z.uuid().safeParse(new URL(request.url).searchParams.get("before"));
    return before.success ? getEarlier(ctx, orgId, id, before.data) : getConversation(ctx, orgId, id);
  },
});
