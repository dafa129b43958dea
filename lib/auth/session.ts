import { systemClock } from "@/lib/shared/clock";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { logger } from "@/lib/shared/logger";
import { auth } from "./auth";
import type { Ctx } from "./context";
import { ROLES, type Role } from "./permissions";
import { findMembership } from "./store/members";

export type MemberCtx = Ctx & { readonly actor: Extract<Ctx["actor"], { kind: "member" }> };

const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role);

/** The signed-in member behind a request. Throws unauthenticated without a session, forbidden without an organisation. */
export async function memberContext(headers: Headers): Promise<MemberCtx> {
  const session = await auth().api.getSession({ headers });
  if (!session) throw new AppError("unauthenticated", "Sign in to continue.");
  const membership = await findMembership(session.user.id, session.session.activeOrganizationId ?? null);
  if (!membership || !isRole(membership.role))
    throw new AppError("forbidden", "You belong to no organisation.");
  return {
    actor: {
      kind: "member",
      userId: session.user.id,
      orgId: membership.organizationId,
      role: membership.role,
    },
    now: systemClock,
    newId,
    log: logger(),
  };
}
