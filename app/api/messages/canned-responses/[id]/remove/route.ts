import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { removeCannedResponse } from "@/lib/inbox/remove-canned-response";

export const dynamic = "force-dynamic";

/** Removes a canned response. */
export const POST = memberRoute("messages/remove-canned-response", {
  act: ({ ctx, orgId, params }) => removeCannedResponse(ctx, orgId, uuidParam(params, "id")),
});
