import { listPacks } from "@/lib/billing/list-packs";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The credit packs on offer. */
export const GET = memberRoute("billing/packs", { act: ({ ctx, orgId }) => listPacks(ctx, orgId) });
