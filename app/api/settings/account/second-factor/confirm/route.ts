import { z } from "zod";
import { confirmSetUp } from "@/lib/auth/second-factor/confirm-set-up";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The app's first code: sign-in asks for one from now on. The answer has the recovery codes, told this once. */
export const POST = memberRoute("settings/second-factor-confirm", {
  limit: LIMITS.ownAccount,
  body: z.object({ code: z.string().min(1).max(100) }),
  act: ({ ctx, body }) => confirmSetUp(ctx, body.code),
});
