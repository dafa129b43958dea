import { z } from "zod";
import { markCallBack } from "@/lib/calls/call-backs";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { alsoIds, uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** `{ done, also? }`: rung back, or not after all. */
export const POST = memberRoute("voice/call-back", {
  body: z.object({ done: z.boolean(), also: alsoIds }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, params, body: { done, also } }) =>
    markCallBack(ctx, orgId, { id: uuidParam(params, "id"), also }, done),
});
