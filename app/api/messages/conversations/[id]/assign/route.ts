import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { assign } from "@/lib/inbox/assign";

export const dynamic = "force-dynamic";

/** Who looks after the conversation from now on; null: the team. */
export const POST = memberRoute("messages/assign", {
  body: z.object({ userId: z.uuid().nullable() }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, params, body }) => assign(ctx, orgId, uuidParam(params, "id"), body.userId),
});
