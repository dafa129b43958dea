import { z } from "zod";
import { changeEmail } from "@/lib/auth/account/change-email";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { emailAddress } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** Asks for another address, which both have to confirm. */
export const POST = memberRoute("settings/account-email", {
  limit: LIMITS.ownAccount,
  body: z.object({ email: emailAddress, current: z.string().min(1).max(128) }),
  act: ({ ctx, body }) => changeEmail(ctx, body),
});
