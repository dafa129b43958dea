import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { done } from "@/lib/inbox/done";

export const dynamic = "force-dynamic";

/** Dealt with, until the customer writes again. */
export const POST = memberRoute("messages/done", {
  act: ({ ctx, orgId, params }) => done(ctx, orgId, uuidParam(params, "id")),
});
