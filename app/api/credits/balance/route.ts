import { getBalance } from "@/lib/credits/get-balance";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The organisation’s balance, gauge and lots. */
export const GET = memberRoute("credits/balance", { act: ({ ctx, orgId }) => getBalance(ctx, orgId) });
