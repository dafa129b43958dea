import { listTopUpActivity } from "@/lib/billing/list-top-up-activity";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Auto top-up activity: each attempt with its outcome and the consent it stood on. */
export const GET = memberRoute("credits/top-up-activity", {
  act: ({ ctx, orgId }) => listTopUpActivity(ctx, orgId),
});
