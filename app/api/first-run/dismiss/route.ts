import { dismissFirstRun } from "@/lib/first-run/dismiss-first-run";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The first steps are not wanted any more. */
export const POST = memberRoute("first-run/dismiss", {
  limit: LIMITS.change,
  act: ({ ctx, orgId }) => dismissFirstRun(ctx, orgId),
});
