import { z } from "zod";
import { askForReset } from "@/lib/auth/ask-for-reset";
import { LIMITS } from "@/lib/http/limits";
import { publicRoute } from "@/lib/http/public-route";
import { destination, emailAddress } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** Mails a link to choose a new password; the answer is the same for an address that nobody has. */
export const POST = publicRoute("forgot-password", {
  limit: LIMITS.forgotPassword,
  body: z.object({ email: emailAddress, next: destination }),
  act: async ({ ctx, body }) => {
    await askForReset(ctx, body);
    return new Response(null, { status: 202 });
  },
});
