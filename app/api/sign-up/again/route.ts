import { z } from "zod";
import { signUpAgain } from "@/lib/auth/sign-up";
import { LIMITS } from "@/lib/http/limits";
import { publicRoute } from "@/lib/http/public-route";
import { linkToken } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** A new link in place of one that has run out. */
export const POST = publicRoute("sign-up/again", {
  limit: LIMITS.signUp,
  body: z.object({ token: linkToken }),
  act: async ({ ctx, body }) => {
    await signUpAgain(ctx, body.token);
    return new Response(null, { status: 202 });
  },
});
