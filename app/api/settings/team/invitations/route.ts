import { z } from "zod";
import { ROLES } from "@/lib/auth/permissions";
import { invite } from "@/lib/auth/team/invite";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { emailAddress } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** Invites somebody to the garage by email. */
export const POST = memberRoute("settings/team/invite", {
  body: z.object({ email: z.string().trim().toLowerCase().pipe(emailAddress), role: z.enum(ROLES) }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, body }) => invite(ctx, orgId, body),
});
