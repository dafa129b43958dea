import { z } from "zod";
import { signUp } from "@/lib/auth/sign-up";
import { publicRoute } from "@/lib/http/public-route";
import { visibleName } from "@/lib/shared/visible-text";

export const dynamic = "force-dynamic";

/** A name that can be seen: at most 100 characters, cleaned. */
const name = z
  .string()
  .transform((text) => visibleName(text) ?? "")
  .pipe(z.string().min(1).max(100));

/** A new user with a trial garage. The browser signs in afterwards. */
export const POST = publicRoute("sign-up", {
  body: z.object({
    name,
    garageName: name,
    email: z.email().max(200),
    password: z.string().min(10).max(128),
  }),
  act: async ({ ctx, body, request }) => {
    await signUp(ctx, body, request.headers);
    return new Response(null, { status: 201 });
  },
});
