import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { handBack } from "@/lib/inbox/hand-back";

export const dynamic = "force-dynamic";

/** The AI answers again: at once where the customer still waits, else from their next message on. */
export const POST = memberRoute("messages/hand-back", {
  act: ({ ctx, orgId, params }) => handBack(ctx, orgId, uuidParam(params, "id")),
});
