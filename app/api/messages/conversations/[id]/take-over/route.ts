import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { takeOver } from "@/lib/inbox/take-over";

export const dynamic = "force-dynamic";

/** The signed-in member holds the conversation; the AI does not answer in it. */
export const POST = memberRoute("messages/take-over", {
  act: ({ ctx, orgId, params }) => takeOver(ctx, orgId, uuidParam(params, "id")),
});
