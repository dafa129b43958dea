import { z } from "zod";
import { ATTEMPT_OUTCOMES } from "@/lib/calls/attempt-outcomes";
import { recordAttempt } from "@/lib/calls/call-backs";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { alsoIds, uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** `{ key, outcome, also? }`: somebody rang back; the same key counts once. */
export const POST = memberRoute("voice/call-back-attempt", {
  body: z.object({ key: z.uuid(), outcome: z.enum(ATTEMPT_OUTCOMES), also: alsoIds }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, params, body: { also, ...attempt } }) =>
    recordAttempt(ctx, orgId, { id: uuidParam(params, "id"), also }, attempt),
});
