import { isRole, ROLE_PERMISSIONS, type Role } from "../permissions";

/** What somebody wants to do to a team. Roles of the person concerned are as stored: one may be none of ours. */
export type TeamAct =
  | { readonly kind: "invite"; readonly role: Role }
  /** Of an invitation that waits. */
  | { readonly kind: "resend" | "revoke"; readonly role: Role }
  | { readonly kind: "change-role"; readonly from: string; readonly to: Role }
  | { readonly kind: "remove"; readonly from: string }
  /** Out of one's own garage. */
  | { readonly kind: "leave" }
  /** The one becomes an owner, the other a manager. */
  | { readonly kind: "hand-over"; readonly from: string };

export type Verdict =
  | "allowed"
  /** Their role does not include the team. */
  | "not-yours"
  /** Only owners make, change, remove and invite owners. */
  | "owners-only"
  /** A garage keeps an owner. */
  | "last-owner"
  /** There is nothing to hand over to an owner. */
  | "is-owner";

/** Who acts, as stored, and how many owners the garage has. */
export type Acting = { readonly role: string; readonly owners: number };

/**
 * Whether somebody may do this to their team. Owners and managers look after it; owners alone touch owners; nobody takes
 * away the last one; everybody else may leave.
 */
export function mayOnTeam({ role, owners }: Acting, act: TeamAct): Verdict {
  const isOwner = role === "owner";
  if (act.kind === "leave") return isOwner && owners === 1 ? "last-owner" : "allowed";
  if (!isRole(role) || !ROLE_PERMISSIONS[role].includes("team.manage")) return "not-yours";
  if (touchesOwner(act) && !isOwner) return "owners-only";
  if (act.kind === "hand-over") return act.from === "owner" ? "is-owner" : "allowed";
  return endsAnOwner(act) && owners === 1 ? "last-owner" : "allowed";
}

function touchesOwner(act: Exclude<TeamAct, { kind: "leave" }>): boolean {
  if (act.kind === "hand-over") return true;
  if (act.kind === "remove") return act.from === "owner";
  if (act.kind === "change-role") return act.from === "owner" || act.to === "owner";
  return act.role === "owner";
}

const endsAnOwner = (act: TeamAct): boolean =>
  (act.kind === "remove" && act.from === "owner") ||
  (act.kind === "change-role" && act.from === "owner" && act.to !== "owner");

/** A team's people and the invitations that wait, together at most. */
export const MAX_TEAM = 100;
