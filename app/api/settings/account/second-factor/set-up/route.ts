import { z } from "zod";
import { beginSetUp } from "@/lib/auth/second-factor/set-up";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Begins to set up an app: its key, told this once. */
export const POST = memberRoute("settings/second-factor-set-up", {
  limit: LIMITS.ownAccount,
  body: z.object({ current: z.string().min(1).max(128) }),
  act: ({ ctx, body }) => beginSetUp(ctx, body.current),
});
