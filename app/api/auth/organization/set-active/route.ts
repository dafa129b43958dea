import { z } from "zod";
import { switchOrganisation } from "@/lib/auth/switch-organisation";
import { publicRoute } from "@/lib/http/public-route";

export const dynamic = "force-dynamic";

/** The session acts for another of its user's organisations, whichever the page that asks shows. */
export const POST = publicRoute("auth/switch-organisation", {
  body: z.object({ organizationId: z.uuid() }),
  act: async ({ body, request }) =>
    Response.json({}, { headers: await switchOrganisation(body.organizationId, request.headers) }),
});
