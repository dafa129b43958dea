import { z } from "zod";
import { switchOrganisation } from "@/lib/auth/switch-organisation";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The session acts for another of the member's organisations. */
export const POST = memberRoute("auth/switch-organisation", {
  body: z.object({ organizationId: z.uuid() }),
  act: async ({ ctx, body, request }) =>
    Response.json({}, { headers: await switchOrganisation(ctx, body.organizationId, request.headers) }),
});
