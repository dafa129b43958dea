import { cancelEmailChange } from "@/lib/auth/account/change-email";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The change that waits is not wanted any more. */
export const POST = memberRoute("settings/account-email-cancel", {
  limit: LIMITS.ownAccount,
  act: ({ ctx }) => cancelEmailChange(ctx),
});
