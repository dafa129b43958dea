import { clockAheadMs } from "@/lib/shared/clock";
import { type Ctx, requireMember } from "../context";
import { isRole, type Role } from "../permissions";
import { listInvitations } from "../store/invitations";
import { listMembers } from "../store/team";

export type MemberDto = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** Null where it is stored as none of the four. */
  readonly role: Role | null;
  /** ISO 8601, right to some minutes; null where they have not been here. */
  readonly lastSeenAt: string | null;
  readonly isYou: boolean;
};

export type InvitationDto = {
  readonly id: string;
  readonly email: string;
  readonly role: Role | null;
  readonly invitedBy: string | null;
  /** ISO 8601; past for one that has run out and can be sent again. */
  readonly expiresAt: string;
};

export type TeamDto = {
  readonly members: readonly MemberDto[];
  readonly invitations: readonly InvitationDto[];
};

const known = (role: string): Role | null => (isRole(role) ? role : null);

/** Sessions are noted by the machine's clock, and pages count from the clock of the business. */
const asShown = (at: Date): string => new Date(at.getTime() + clockAheadMs()).toISOString();

/** Everybody of the garage by name, and the invitations that wait, the latest first. Needs `team.manage`. */
export async function getTeam(ctx: Ctx, orgId: string): Promise<TeamDto> {
  const { userId: you } = requireMember(ctx.actor, orgId, "team.manage");
  const [members, invitations] = await Promise.all([listMembers(orgId), listInvitations(orgId)]);
  return {
    members: members.map(({ userId, name, email, role, lastSeenAt }) => ({
      ...{ userId, name, email },
      role: known(role),
      lastSeenAt: lastSeenAt && asShown(lastSeenAt),
      isYou: userId === you,
    })),
    invitations: invitations.map(({ id, email, role, invitedBy, expiresAt }) => ({
      ...{ id, email, invitedBy },
      role: known(role),
      expiresAt: expiresAt.toISOString(),
    })),
  };
}
