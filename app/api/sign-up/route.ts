import { z } from "zod";
import { signUp } from "@/lib/auth/sign-up";
import { LIMITS } from "@/lib/http/limits";
import { publicRoute } from "@/lib/http/public-route";
import { typedName } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** A new user with a trial garage. The browser signs in afterwards. */
export const POST = publicRoute("sign-up", {
  limit: LIMITS.signUp,
  body: z.object({
    name: typedName(100),
    garageName: typedName(100),
    email: z.email().max(200),
    password: z.string().min(10).max(128),
  }),
  act: async ({ ctx, body }) => {
    await signUp(ctx, body);
    return new Response(null, { status: 201 });
  },
});
