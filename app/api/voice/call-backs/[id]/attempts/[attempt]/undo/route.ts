import { takeBackAttempt } from "@/lib/calls/call-backs";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** An attempt that was recorded by mistake. */
export const POST = memberRoute("voice/call-back-undo", {
  limit: LIMITS.change,
  act: ({ ctx, orgId, params }) =>
    takeBackAttempt(ctx, orgId, uuidParam(params, "id"), uuidParam(params, "attempt")),
});
