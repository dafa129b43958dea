import { hashPassword } from "better-auth/crypto";
import { recordChange } from "@/lib/audit/record-change";
import type { Queryable } from "@/lib/db/pool";
import { isTaken } from "@/lib/db/sql-errors";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import type { Ctx } from "../context";
import { type Link, peekLink, takeLink } from "../links";
import { liveLink } from "../live-link";
import { type Opened, openSession } from "../open-session";
import { refuseGuessable } from "../password-rule";
import { refuseSupport } from "../refuse-support";
import { signedIn } from "../session";
import { insertUser } from "../store/credentials";
import { insertMember, lockTeam, type Team } from "../store/team";
import { switchOrganisation } from "../switch-organisation";
import { tellOfTeam } from "./in-team";
import { mailOwners } from "./mail-owners";

type Taken = { readonly orgId: string; readonly link: Link<"invitation">; readonly team: Team };

/**
 * Who is signed in with the invited address joins the garage, as what the invitation says, and their browser goes on there:
 * the headers returned hold its cookie. Used once; a withdrawal at the same moment comes before it or too late.
 * Throws gone where it cannot be used, unauthenticated without a session, forbidden for another address and for support
 * staff, whose invitation stays as it is.
 */
export async function acceptInvitation(ctx: Ctx, token: string, headers: Headers): Promise<Headers> {
  const user = await signedIn(headers);
  if (!user) throw new AppError("unauthenticated", "Sign in to continue.");
  const { userId, email } = user;
  const orgId = await withInvitation(ctx, token, async (tx, taken) => {
    if (taken.link.email !== email)
      throw new AppError(
        "forbidden",
        `This invitation is for ${taken.link.email}. Sign in with that address.`,
      );
    refuseSupport(user);
    await join(tx, ctx, taken, userId);
    return taken.orgId;
  });
  try {
    // Their other tabs are told once it is settled for which garage they act: a page is rendered for that one.
    return await switchOrganisation(orgId, headers);
  } finally {
    tellOfTeam(orgId, userId);
  }
}

/**
 * Whoever has the link of an invitation, and no account yet, gets one with its address, joins and is signed in: the link shows
 * that the address is theirs. Throws as `acceptInvitation`, conflict where the address has an account meanwhile, and
 * invalid_input for a password that is easy to guess.
 */
export async function joinWithNewAccount(
  ctx: Ctx,
  input: { readonly token: string; readonly name: string; readonly password: string },
  headers: Headers,
): Promise<Opened> {
  const { token, name, password } = input;
  const { email } = liveLink(await peekLink(ctx, "invitation", token));
  await refuseGuessable(password, [name, email]);
  const passwordHash = await hashPassword(password);
  const userId = ctx.newId();
  const orgId = await withInvitation(ctx, token, async (tx, taken) => {
    await insertUser(tx, { userId, name, email, passwordHash, accountId: ctx.newId(), at: ctx.now() });
    await join(tx, ctx, taken, userId);
    return taken.orgId;
  }).catch((cause: unknown) => {
    if (!isTaken(cause, "user_email_key")) throw cause;
    throw new AppError("conflict", "This address has an account meanwhile. Sign in with it to go on.", {
      cause,
    });
  });
  tellOfTeam(orgId, userId);
  return openSession(userId, headers);
}

/** The team before the link: whoever withdraws an invitation holds the team first, too. */
async function withInvitation(
  ctx: Ctx,
  token: string,
  work: (tx: Queryable, taken: Taken) => Promise<string>,
): Promise<string> {
  const { orgId } = liveLink(await peekLink(ctx, "invitation", token));
  return inTransaction(async (tx) => {
    const team = orgId === null ? undefined : await lockTeam(tx, orgId);
    if (!team || orgId === null) throw new AppError("gone", "This garage is not on Torqueflow any more.");
    return work(tx, { orgId, team, link: liveLink(await takeLink(ctx, tx, "invitation", token)) });
  });
}

/** Whoever is in the team already stays what they are. */
async function join(tx: Queryable, ctx: Ctx, { orgId, link, team }: Taken, userId: string): Promise<void> {
  if (team.members.some((member) => member.userId === userId)) return;
  const { role } = link.data;
  await insertMember(tx, { id: ctx.newId(), orgId, userId, role, at: ctx.now() });
  await recordChange({ ...ctx, actor: { kind: "member", userId, orgId, role } }, tx, {
    ...{ orgId, action: "team/joined", subject: link.email },
    before: {},
    after: { role },
  });
  if (role !== "owner") return;
  const joined = (await lockTeam(tx, orgId))?.members ?? [];
  const find = (wanted: string) => joined.find((member) => member.userId === wanted);
  const person = find(userId);
  const by = find(link.data.invitedBy) ?? person;
  if (person && by) await mailOwners(ctx, tx, { team, person, by, how: "made" });
}
