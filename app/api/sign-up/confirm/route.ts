import { z } from "zod";
import { confirmSignUp } from "@/lib/auth/confirm-sign-up";
import { LIMITS } from "@/lib/http/limits";
import { openedAnswer } from "@/lib/http/opened-answer";
import { publicRoute } from "@/lib/http/public-route";
import { linkToken, newPassword } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** Makes the garage, and sets the session's cookie. */
export const POST = publicRoute("sign-up/confirm", {
  limit: LIMITS.link,
  body: z.object({ token: linkToken, password: newPassword.optional() }),
  act: async ({ ctx, body, request }) => openedAnswer(await confirmSignUp(ctx, body, request.headers)),
});
