import { recordChange } from "@/lib/audit/record-change";
import { count, type Limit } from "@/lib/db/limiter";
import type { Queryable } from "@/lib/db/pool";
import { queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { publishLive } from "@/lib/notify/live";
import { AppError, tooOften } from "@/lib/shared/errors";
import { asSystem, type Ctx, requireMember } from "../context";
import { countLetterTo } from "../letter-limit";
import { issueLink, withdrawLinks } from "../links";
import { isRole, type Role } from "../permissions";
import { listInvitations, type WaitingInvitation } from "../store/invitations";
import { inTeam, type LockedTeam } from "./in-team";
import { MAX_TEAM } from "./rules";

/** Letters that a garage sends to strangers, whoever of it: sent again, they count again. */
const INVITATIONS: Limit = { name: "invitations", times: 30, seconds: 3_600 };

/**
 * Invites somebody to the garage by email, as far as `mayOnTeam` allows: the link is valid for seven days. Throws conflict
 * where they are in the team or were invited, invalid_input for what is no role, rate_limited after 30 letters of the garage or
 * five to the address in an hour.
 */
export async function invite(
  ctx: Ctx,
  orgId: string,
  { email: typed, role }: { readonly email: string; readonly role: Role },
): Promise<void> {
  if (!isRole(role)) throw new AppError("invalid_input", "Choose one role.", { field: "role" });
  const email = typed.trim().toLowerCase();
  requireMember(ctx.actor, orgId, "team.manage");
  await countLetter(orgId, email);
  await inTeam(ctx, orgId, "team.manage", async (tx, team) => {
    team.allow({ kind: "invite", role });
    refuseMember(team, email);
    const waiting = await listInvitations(orgId, tx);
    const live = waiting.filter(({ expiresAt }) => expiresAt > ctx.now());
    if (live.some((one) => one.email === email))
      throw refused(`${email} has been invited already. You can send the invitation again below.`);
    if (team.members.length + live.length >= MAX_TEAM)
      throw refused(`A team has at most ${MAX_TEAM} people, with those who are invited.`);
    await send(tx, ctx, orgId, team, { email, role });
    await recordChange(ctx, tx, {
      orgId,
      action: "team/invited",
      subject: email,
      before: {},
      after: { role },
    });
  });
  tellOfInvitations(orgId);
}

/** Sends a waiting invitation anew: with another link, for seven days from now. The old one ends. */
export async function resendInvitation(ctx: Ctx, orgId: string, id: string): Promise<void> {
  requireMember(ctx.actor, orgId, "team.manage");
  await countLetter(orgId, (await waitingOne(undefined, orgId, id)).email);
  await inTeam(ctx, orgId, "team.manage", async (tx, team) => {
    const { email, role } = await waitingOne(tx, orgId, id);
    team.allow({ kind: "resend", role });
    refuseMember(team, email);
    await send(tx, ctx, orgId, team, { email, role });
    await recordChange(ctx, tx, {
      ...{ orgId, action: "team/invited-again", subject: email },
      before: {},
      after: { role },
    });
  });
  tellOfInvitations(orgId);
}

/** Withdraws a waiting invitation: its link says so from now on. */
export async function revokeInvitation(ctx: Ctx, orgId: string, id: string): Promise<void> {
  await inTeam(ctx, orgId, "team.manage", async (tx, team) => {
    const { email, role } = await waitingOne(tx, orgId, id);
    team.allow({ kind: "revoke", role });
    await withdrawLinks(ctx, tx, { kind: "invitation", id });
    await recordChange(ctx, tx, {
      ...{ orgId, action: "team/invitation-withdrawn", subject: email },
      before: { role },
      after: {},
    });
  });
  tellOfInvitations(orgId);
}

/** Withdrawing an invitation and inviting again is one more letter to the same address, too. */
async function countLetter(orgId: string, email: string): Promise<void> {
  const seconds = await count(INVITATIONS, orgId);
  if (seconds > 0) throw tooOften(seconds);
  await countLetterTo(email);
}

function refuseMember({ members, acting }: LockedTeam, email: string): void {
  if (email === acting.email) throw refused("This is your own address: you are in the team already.");
  if (members.some((member) => member.email === email)) throw refused(`${email} is already in your team.`);
}

const refused = (message: string): AppError => new AppError("conflict", message, { field: "email" });

async function waitingOne(
  tx: Queryable | undefined,
  orgId: string,
  id: string,
): Promise<Omit<WaitingInvitation, "role"> & { readonly role: Role }> {
  const found = (await listInvitations(orgId, tx)).find((one) => one.id === id);
  if (!found || !isRole(found.role))
    throw new AppError("not_found", "This invitation was accepted or withdrawn meanwhile.");
  return { ...found, role: found.role };
}

/** The one living link of this address to this garage, and its letter. */
async function send(
  tx: Queryable,
  ctx: Ctx,
  orgId: string,
  { orgName, acting }: LockedTeam,
  { email, role }: { readonly email: string; readonly role: Role },
): Promise<void> {
  await withdrawLinks(ctx, tx, { kind: "invitation", email, orgId });
  const { id, token, expiresAt } = await issueLink(ctx, tx, {
    kind: "invitation",
    email,
    orgId,
    data: { role, invitedBy: acting.userId },
  });
  await queuePersonalMail(asSystem(ctx, "invitation"), tx, {
    to: { address: email },
    letter: "invitation",
    cause: `link:${id}`,
    data: { orgName, invitedBy: acting.name, role, token, expiresAt: expiresAt.toISOString() },
  });
}

const tellOfInvitations = (orgId: string): void => publishLive({ type: "team/changed", orgId, userId: null });
