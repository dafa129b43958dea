import { colleaguesWith } from "@/lib/auth/colleagues";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Who may reply, and so be given conversations. */
export const GET = memberRoute("messages/members", {
  act: async ({ ctx, orgId }) => ({ members: await colleaguesWith(ctx, orgId, "messages.send") }),
});
