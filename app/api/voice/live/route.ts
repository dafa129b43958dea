import { listLiveCalls } from "@/lib/calls/list-calls";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The calls that go on at this moment. */
export const GET = memberRoute("voice/live", {
  act: async ({ ctx, orgId }) => ({ calls: await listLiveCalls(ctx, orgId) }),
});
