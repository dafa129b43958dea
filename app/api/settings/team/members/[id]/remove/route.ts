import { removeMember } from "@/lib/auth/team/remove-member";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** Takes a member out of the garage. */
export const POST = memberRoute("settings/team/remove", {
  limit: LIMITS.change,
  act: ({ ctx, orgId, params }) => removeMember(ctx, orgId, { userId: uuidParam(params, "id") }),
});
