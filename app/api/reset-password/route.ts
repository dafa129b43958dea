import { z } from "zod";
import { resetPassword } from "@/lib/auth/reset-password";
import { LIMITS } from "@/lib/http/limits";
import { openedAnswer } from "@/lib/http/opened-answer";
import { publicRoute } from "@/lib/http/public-route";
import { linkToken, newPassword } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** Sets a new password by a mailed link, and the session's cookie; or that of the second step, where a code is asked for. */
export const POST = publicRoute("reset-password", {
  limit: LIMITS.link,
  body: z.object({ token: linkToken, password: newPassword }),
  act: async ({ ctx, body, request }) => openedAnswer(await resetPassword(ctx, body, request.headers)),
});
