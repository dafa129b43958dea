import { getTrend } from "@/lib/credits/get-trend";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Daily consumption of this cycle against the last. */
export const GET = memberRoute("credits/trend", { act: ({ ctx, orgId }) => getTrend(ctx, orgId) });
