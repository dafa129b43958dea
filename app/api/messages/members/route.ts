import { memberRoute } from "@/lib/http/member-route";
import { listMembers } from "@/lib/inbox/list-members";

export const dynamic = "force-dynamic";

/** Who may reply, and so be given conversations. */
export const GET = memberRoute("messages/members", {
  act: async ({ ctx, orgId }) => ({ members: await listMembers(ctx, orgId) }),
});
