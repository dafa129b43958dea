import { z } from "zod";
import { ROLES } from "@/lib/auth/permissions";
import { changeRole } from "@/lib/auth/team/change-role";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** A member has another role from now on. */
export const PUT = memberRoute("settings/team/role", {
  body: z.object({ role: z.enum(ROLES) }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, params, body }) =>
    changeRole(ctx, orgId, { userId: uuidParam(params, "id"), role: body.role }),
});
