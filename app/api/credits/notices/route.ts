import { getNotices } from "@/lib/credits/get-notices";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The warning and degradation banners. */
export const GET = memberRoute("credits/notices", { act: ({ ctx, orgId }) => getNotices(ctx, orgId) });
