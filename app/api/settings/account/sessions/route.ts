import { listSessions } from "@/lib/auth/account/list-sessions";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Where the member is signed in. */
export const GET = memberRoute("settings/account-sessions", {
  act: ({ ctx, request }) => listSessions(ctx, request.headers),
});
