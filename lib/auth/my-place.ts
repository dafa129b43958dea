import type { Ctx } from "./context";
import { isRole } from "./permissions";
import type { SignedIn } from "./session";
import { type LiveInvitation, liveInvitations } from "./store/links";
import { listMemberships } from "./store/members";

/** What can be told to somebody who is signed in and acts for no garage. */
export type MyPlace = {
  /** Garages in which they stand with a role that is none of ours. */
  readonly unusable: readonly { readonly garage: string; readonly role: string }[];
  /** Garages that wait for them. Only the mailed link accepts: it shows that the address is theirs. */
  readonly invitations: readonly LiveInvitation[];
};

/** Why somebody belongs to no garage, and which invite them. */
export async function myPlace(ctx: Ctx, user: SignedIn): Promise<MyPlace> {
  const [memberships, invitations] = await Promise.all([
    listMemberships(user.userId),
    liveInvitations(user.email, ctx.now()),
  ]);
  const unusable = memberships
    .filter(({ role }) => !isRole(role))
    .map(({ name, role }) => ({ garage: name, role }));
  return { unusable, invitations };
}
