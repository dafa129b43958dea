import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { tellTyping } from "@/lib/inbox/tell-typing";

export const dynamic = "force-dynamic";

/** The member is writing: their colleagues are told. */
export const POST = memberRoute("messages/typing", {
  limit: LIMITS.typing,
  act: ({ ctx, orgId, params }) => tellTyping(ctx, orgId, uuidParam(params, "id")),
});
