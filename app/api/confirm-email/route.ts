import { z } from "zod";
import { confirmEmailChange } from "@/lib/auth/confirm-email-change";
import { LIMITS } from "@/lib/http/limits";
import { publicRoute } from "@/lib/http/public-route";
import { linkToken } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** One of the two confirmations of another address. */
export const POST = publicRoute("confirm-email", {
  limit: LIMITS.link,
  body: z.object({ token: linkToken }),
  act: ({ ctx, body }) => confirmEmailChange(ctx, body.token),
});
