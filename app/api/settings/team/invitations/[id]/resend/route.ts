import { resendInvitation } from "@/lib/auth/team/invite";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** Sends an invitation anew: its earlier link ends. */
export const POST = memberRoute("settings/team/resend", {
  limit: LIMITS.change,
  act: ({ ctx, orgId, params }) => resendInvitation(ctx, orgId, uuidParam(params, "id")),
});
