import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { moment } from "@/lib/http/typed";
import { done } from "@/lib/inbox/done";

export const dynamic = "force-dynamic";

/** Dealt with, until the customer writes again; not over what the page had not shown yet: its `readTo`. */
export const POST = memberRoute("messages/done", {
  body: z.object({ readTo: moment.nullish() }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, params, body }) => done(ctx, orgId, uuidParam(params, "id"), body),
});
