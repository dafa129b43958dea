import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { reopen } from "@/lib/inbox/reopen";

export const dynamic = "force-dynamic";

/** Open again, whether it was done or set aside. */
export const POST = memberRoute("messages/reopen", {
  limit: LIMITS.change,
  act: ({ ctx, orgId, params }) => reopen(ctx, orgId, uuidParam(params, "id")),
});
