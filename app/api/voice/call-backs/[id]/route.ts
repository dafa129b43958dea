import { z } from "zod";
import { markCallBack } from "@/lib/calls/call-backs";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** `{ done }`: rung back, or not after all. */
export const POST = memberRoute("voice/call-back", {
  body: z.object({ done: z.boolean() }),
  act: ({ ctx, orgId, params, body }) => markCallBack(ctx, orgId, uuidParam(params, "id"), body.done),
});
