import { systemClock } from "@/lib/shared/clock";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { logger } from "@/lib/shared/logger";
import { auth } from "./auth";
import type { Ctx, Member } from "./context";
import { ROLES, type Role } from "./permissions";
import { findMembership } from "./store/members";

export type MemberCtx = Ctx & { readonly actor: Member };

const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role);

/**
 * The signed-in member behind a request. `organisation` is the one that the request was meant for, where it says so: a
 * page that shows one garage must not act for another that was chosen in another tab meanwhile.
 * Throws unauthenticated without a session, forbidden without an organisation, organisation_changed for another one.
 */
export async function memberContext(
  headers: Headers,
  organisation: string | null = null,
): Promise<MemberCtx> {
  const session = await auth().api.getSession({ headers });
  if (!session) throw new AppError("unauthenticated", "Sign in to continue.");
  const membership = await findMembership(session.user.id, session.session.activeOrganizationId ?? null);
  if (!membership || !isRole(membership.role))
    throw new AppError("forbidden", "You belong to no organisation.");
  if (organisation !== null && organisation !== membership.organizationId)
    throw new AppError("organisation_changed", "You have switched to another garage. Reload this page.");
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
