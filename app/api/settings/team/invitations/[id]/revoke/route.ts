import { revokeInvitation } from "@/lib/auth/team/invite";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** Withdraws an invitation. */
export const POST = memberRoute("settings/team/revoke", {
  limit: LIMITS.change,
  act: ({ ctx, orgId, params }) => revokeInvitation(ctx, orgId, uuidParam(params, "id")),
});
