import { colleaguesWith } from "@/lib/auth/colleagues";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Who can be given a call-back. */
export const GET = memberRoute("voice/members", {
  act: async ({ ctx, orgId }) => ({ members: await colleaguesWith(ctx, orgId, "voice.calls.view") }),
});
