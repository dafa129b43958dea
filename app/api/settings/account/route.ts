import { getAccount } from "@/lib/auth/account/get-account";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The member's own account. */
export const GET = memberRoute("settings/account", { act: ({ ctx }) => getAccount(ctx) });
