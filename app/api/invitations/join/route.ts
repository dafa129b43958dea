import { z } from "zod";
import { joinWithNewAccount } from "@/lib/auth/team/accept-invitation";
import { LIMITS } from "@/lib/http/limits";
import { openedAnswer } from "@/lib/http/opened-answer";
import { publicRoute } from "@/lib/http/public-route";
import { linkToken, newPassword, typedName } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** Makes an account for the invited address, which joins the garage; sets the session's cookie. */
export const POST = publicRoute("invitations/join", {
  limit: LIMITS.link,
  body: z.object({ token: linkToken, name: typedName(100), password: newPassword }),
  act: async ({ ctx, body, request }) =>
    openedAnswer({ ...(await joinWithNewAccount(ctx, body, request.headers)), next: "/" }),
});
