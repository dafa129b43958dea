import { z } from "zod";
import { assignCallBack } from "@/lib/calls/call-backs";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { alsoIds, uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** `{ userId, also? }`: who looks after it; null for nobody. */
export const POST = memberRoute("voice/call-back-assign", {
  body: z.object({ userId: z.uuid().nullable(), also: alsoIds }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, params, body: { userId, also } }) =>
    assignCallBack(ctx, orgId, { id: uuidParam(params, "id"), also }, userId),
});
