import { z } from "zod";
import { acceptInvitation } from "@/lib/auth/team/accept-invitation";
import { LIMITS } from "@/lib/http/limits";
import { publicRoute } from "@/lib/http/public-route";
import { linkToken } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** Who is signed in joins the garage, and their session acts for it. */
export const POST = publicRoute("invitations/accept", {
  limit: LIMITS.link,
  body: z.object({ token: linkToken }),
  act: async ({ ctx, body, request }) =>
    Response.json({}, { headers: await acceptInvitation(ctx, body.token, request.headers) }),
});
