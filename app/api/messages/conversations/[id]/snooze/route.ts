import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { moment } from "@/lib/http/typed";
import { snooze } from "@/lib/inbox/snooze";

export const dynamic = "force-dynamic";

/** Set aside until then, or until the customer writes; not over what the page had not shown yet: its `readTo`. */
export const POST = memberRoute("messages/snooze", {
  body: z.object({ until: moment, readTo: moment.nullish() }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, params, body }) => snooze(ctx, orgId, uuidParam(params, "id"), body.until, body),
});
