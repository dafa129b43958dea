import type { Ctx } from "../context";
import { peekLink } from "../links";
import type { Role } from "../permissions";
import { signedIn } from "../session";
import { findInvited } from "../store/invited";

/** What the page behind an invitation shows. */
export type InvitationView =
  | {
      readonly state: "live";
      readonly email: string;
      readonly orgName: string;
      readonly role: Role;
      readonly invitedBy: string | null;
      readonly hasAccount: boolean;
      /** The address with which the browser is signed in. */
      readonly signedInAs: string | null;
    }
  /** The invited address belongs to somebody of the team. */
  | { readonly state: "member"; readonly email: string; readonly orgName: string }
  /** The invited address is the reader's, who is of Torqueflow's staff: nobody else is told. */
  | { readonly state: "support"; readonly email: string; readonly orgName: string }
  | { readonly state: "used" | "expired" | "withdrawn"; readonly email: string }
  /** There is no such garage any more. */
  | { readonly state: "gone" }
  | { readonly state: "unknown" };

/** How an invitation stands, for whoever has its link. Changes nothing. */
export async function lookAtInvitation(ctx: Ctx, token: string, headers: Headers): Promise<InvitationView> {
  const state = await peekLink(ctx, "invitation", token);
  if (state.kind === "unknown") return { state: "unknown" };
  if (state.kind !== "live") return { state: state.kind, email: state.email };
  const { email, orgId, data } = state.link;
  const [invited, reader] = await Promise.all([findInvited(orgId, email, data.invitedBy), signedIn(headers)]);
  if (!invited) return { state: "gone" };
  const { orgName, invitedBy, hasAccount, isMember } = invited;
  if (isMember) return { state: "member", email, orgName };
  if (reader?.isSupport && reader.email === email) return { state: "support", email, orgName };
  const signedInAs = reader?.email ?? null;
  return { state: "live", email, orgName, role: data.role, invitedBy, hasAccount, signedInAs };
}
