import { resendEmailChange } from "@/lib/auth/account/change-email";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** New links for the change that waits. */
export const POST = memberRoute("settings/account-email-resend", {
  limit: LIMITS.ownAccount,
  act: ({ ctx }) => resendEmailChange(ctx),
});
