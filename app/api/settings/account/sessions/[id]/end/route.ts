import { endSession } from "@/lib/auth/account/end-session";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** Signs the member out of another browser. */
export const POST = memberRoute("settings/account-end-session", {
  limit: LIMITS.ownAccount,
  act: ({ ctx, params, request }) => endSession(ctx, request.headers, uuidParam(params, "id")),
});
