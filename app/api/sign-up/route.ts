import { z } from "zod";
import { signUp } from "@/lib/auth/sign-up";
import { MAX_GARAGE_NAME } from "@/lib/garage/garage-name";
import { LIMITS } from "@/lib/http/limits";
import { publicRoute } from "@/lib/http/public-route";
import { destination, emailAddress, newPassword, typedName } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** Mails the link that makes a trial garage; the answer is the same for an address that has an account. */
export const POST = publicRoute("sign-up", {
  limit: LIMITS.signUp,
  body: z.object({
    name: typedName(100),
    garageName: typedName(MAX_GARAGE_NAME),
    email: emailAddress,
    password: newPassword,
    next: destination,
  }),
  act: async ({ ctx, body, request }) => {
    const cookie = await signUp(ctx, body, request.headers);
    return new Response(null, { status: 202, headers: { "set-cookie": cookie } });
  },
});
