import { handOver } from "@/lib/auth/team/hand-over";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** The actor’s ownership goes to this member. */
export const POST = memberRoute("settings/team/hand-over", {
  limit: LIMITS.change,
  act: ({ ctx, orgId, params }) => handOver(ctx, orgId, { userId: uuidParam(params, "id") }),
});
