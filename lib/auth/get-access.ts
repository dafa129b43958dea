import { AppError } from "@/lib/shared/errors";
import { actingIn, type Garage, garagesOf } from "./memberships";
import type { Role } from "./permissions";
import { signedIn } from "./session";
import { listMemberships } from "./store/members";

/** What a browser's session may do now, whatever its pages show. */
export type Access = {
  /** The garage that it acts for, and as what; null where its user belongs to none, or has no role there that we know. */
  readonly acting: { readonly orgId: string; readonly role: Role } | null;
  /** All in which its user has a role, by name. */
  readonly garages: readonly Garage[];
};

/** What the session in these headers may do. Throws unauthenticated without one. */
export async function getAccess(headers: Headers): Promise<Access> {
  const user = await signedIn(headers);
  if (!user) throw new AppError("unauthenticated", "Sign in to continue.");
  const memberships = await listMemberships(user.userId);
  return {
    acting: actingIn(memberships, user.chosen) ?? null,
    garages: garagesOf(memberships),
  };
}
