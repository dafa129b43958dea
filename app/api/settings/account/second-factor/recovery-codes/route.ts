import { z } from "zod";
import { renewRecoveryCodes } from "@/lib/auth/second-factor/renew-recovery-codes";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Other recovery codes, told this once. */
export const POST = memberRoute("settings/second-factor-codes", {
  limit: LIMITS.ownAccount,
  body: z.object({ current: z.string().min(1).max(128), code: z.string().min(1).max(100) }),
  act: ({ ctx, body }) => renewRecoveryCodes(ctx, body),
});
