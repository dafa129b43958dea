import { z } from "zod";
import { switchOffSecondFactor } from "@/lib/auth/second-factor/switch-off";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Sign-in asks for no code any more. */
export const POST = memberRoute("settings/second-factor-off", {
  limit: LIMITS.ownAccount,
  body: z.object({ current: z.string().min(1).max(128), code: z.string().min(1).max(100) }),
  act: ({ ctx, body }) => switchOffSecondFactor(ctx, body),
});
