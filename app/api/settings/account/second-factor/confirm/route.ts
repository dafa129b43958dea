import { after } from "next/server";
import { z } from "zod";
import { confirmSetUp } from "@/lib/auth/second-factor/confirm-set-up";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { publishAccess } from "@/lib/notify/live";

export const dynamic = "force-dynamic";

/**
 * The app's first code: sign-in asks for one from now on. The answer has the recovery codes, told
 * this once, and replaces this browser's cookie; every other browser is signed out.
 */
export const POST = memberRoute("settings/second-factor-confirm", {
  limit: LIMITS.ownAccount,
  body: z.object({ code: z.string().min(1).max(100) }),
  act: async ({ ctx, body, request }) => {
    const { recoveryCodes, headers } = await confirmSetUp(ctx, request.headers, body.code);
    // Afterwards: this browser's own pages ask at once what they may show, and need the new cookie by then.
    after(() => publishAccess(ctx.actor.userId));
    return Response.json({ recoveryCodes }, { headers });
  },
});
