import { leaveGarage } from "@/lib/auth/team/remove-member";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The actor leaves the garage. */
export const POST = memberRoute("settings/team/leave", {
  limit: LIMITS.change,
  act: ({ ctx, orgId }) => leaveGarage(ctx, orgId),
});
