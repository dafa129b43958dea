import { getUsage } from "@/lib/credits/get-usage";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** This cycle’s usage by channel. */
export const GET = memberRoute("credits/usage", { act: ({ ctx, orgId }) => getUsage(ctx, orgId) });
