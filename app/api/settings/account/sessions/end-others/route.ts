import { endOtherSessions } from "@/lib/auth/account/end-session";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Signs the member out everywhere but in this browser. */
export const POST = memberRoute("settings/account-end-sessions", {
  limit: LIMITS.ownAccount,
  act: ({ ctx, request }) => endOtherSessions(ctx, request.headers),
});
