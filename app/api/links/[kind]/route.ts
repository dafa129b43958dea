import { z } from "zod";
import { lookAtLink } from "@/lib/auth/look-at-link";
import { LIMITS } from "@/lib/http/limits";
import { publicRoute } from "@/lib/http/public-route";
import { linkToken } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** How a mailed link stands. A POST, so that its token is in no address; it changes nothing. */
export const POST = publicRoute("links/look", {
  limit: LIMITS.link,
  body: z.object({ token: linkToken }),
  act: ({ ctx, params, body, request }) =>
    lookAtLink(ctx, { kind: params.kind, token: body.token }, request.headers),
});
