import { getTeam } from "@/lib/auth/team/get-team";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Everybody of the garage, and the invitations that wait. */
export const GET = memberRoute("settings/team", { act: ({ ctx, orgId }) => getTeam(ctx, orgId) });
