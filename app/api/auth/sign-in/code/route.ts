import { z } from "zod";
import { finishSignIn } from "@/lib/auth/finish-sign-in";
import { publicRoute } from "@/lib/http/public-route";

export const dynamic = "force-dynamic";

/** The second step: a code of the app, or a recovery code. The answer sets the session's cookie. */
export const POST = publicRoute("auth/sign-in-code", {
  body: z.object({ code: z.string().min(1).max(100) }),
  act: async ({ body, request: { headers } }) =>
    Response.json({}, { headers: await finishSignIn(body.code, headers) }),
});
