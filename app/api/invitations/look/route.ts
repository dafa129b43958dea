import { z } from "zod";
import { lookAtInvitation } from "@/lib/auth/team/look-at-invitation";
import { LIMITS } from "@/lib/http/limits";
import { publicRoute } from "@/lib/http/public-route";
import { linkToken } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** How an invitation stands. A POST, so that its token is in no address; it changes nothing. */
export const POST = publicRoute("invitations/look", {
  limit: LIMITS.link,
  body: z.object({ token: linkToken }),
  act: ({ ctx, body, request }) => lookAtInvitation(ctx, body.token, request.headers),
});
