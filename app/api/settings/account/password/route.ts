import { after } from "next/server";
import { z } from "zod";
import { changePassword } from "@/lib/auth/change-password";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { newPassword } from "@/lib/http/typed";
import { publishAccess } from "@/lib/notify/live";

export const dynamic = "force-dynamic";

/** Another password; the answer replaces this browser's cookie, and every other browser is signed out. */
export const POST = memberRoute("settings/account-password", {
  limit: LIMITS.ownAccount,
  body: z.object({ current: z.string().min(1).max(128), password: newPassword }),
  act: async ({ ctx, body: { current, password }, request }) => {
    const headers = await changePassword(ctx, request.headers, { current, next: password });
    // Afterwards: this browser's own pages ask at once what they may show, and need the new cookie by then.
    after(() => publishAccess(ctx.actor.userId));
    return new Response(null, { status: 204, headers });
  },
});
