import { listCalls } from "@/lib/calls/list-calls";
import { memberRoute } from "@/lib/http/member-route";
import { limitOf } from "@/lib/http/query";

export const dynamic = "force-dynamic";

/** The call log, latest first. */
export const GET = memberRoute("voice/calls", {
  act: async ({ ctx, orgId, request }) => ({ calls: await listCalls(ctx, orgId, limitOf(request, 50)) }),
});
