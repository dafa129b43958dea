import { type Ctx, requireSystem } from "@/lib/auth/context";
import { findOwner } from "@/lib/auth/owners";
import { env } from "@/lib/shared/env";
import { visibleName } from "@/lib/shared/visible-text";
import { concludeAttempt, type Outcome } from "./conclude-attempt";
import { deliverLetter } from "./deliver-letter";
import { findLetter } from "./letters";
import type { Place } from "./letters/letter";
import { endMail, findMail, isUnwanted, type Mail, type MailEnd, recordAttempt } from "./store/mails";

/** What the worker hands in: whether an organisation gets no mail about credits, because it is frozen or a demonstration. */
export type Silence = (orgId: string) => Promise<boolean>;

/**
 * One attempt to send a queued mail, to where its recipient is reached now. Returns when to try again; undefined once it is
 * sent, not to be sent any more, or given up. Safe to run again: a mail that has ended is left alone.
 */
export async function sendMail(
  ctx: Ctx,
  { orgId, mailId }: { readonly orgId: string; readonly mailId: string },
  isSilenced: Silence,
): Promise<Date | undefined> {
  requireSystem(ctx.actor);
  const mail = await findMail(orgId, mailId);
  if (mail?.status !== "queued") return undefined;
  const { letter, queuedAt } = mail;
  const attempted = {
    about: { orgId, mailId, letter },
    isKnown: findLetter(letter) !== undefined,
    queuedAt,
    attempts: mail.attempts + 1,
    end: (end: MailEnd) => endMail(mail, end),
    record: (attempts: number, reason: string) => recordAttempt(mail, attempts, reason),
  };
  return concludeAttempt(ctx, attempted, await attempt(ctx, mail, isSilenced));
}

async function attempt(ctx: Ctx, mail: Mail, isSilenced: Silence): Promise<Outcome> {
  const { orgId, userId } = mail;
  const letter = findLetter(mail.letter);
  if (!letter) return { kind: "refused", reason: "unknown-letter" };
  const owner = await findOwner(ctx, orgId, userId);
  if (!owner) return { kind: "dropped", reason: "not-an-owner" };
  if (letter.aboutCredits && (await isSilenced(orgId))) return { kind: "dropped", reason: "silenced" };
  if (letter.byChoice && (await isUnwanted(orgId, userId, mail.letter)))
    return { kind: "dropped", reason: "unwanted" };
  const compose = () => letter.compose(mail.data, placeOf(ctx, owner.orgName));
  return deliverLetter(ctx, { id: mail.id, letter: mail.letter, to: owner.address, compose });
}

function placeOf(ctx: Ctx, orgName: string): Place {
  const { APP_URL } = env();
  return {
    orgName: visibleName(orgName) ?? "Your garage",
    now: ctx.now(),
    billing: (card) => new URL(`/settings/billing#${card}`, APP_URL).href,
    notifications: new URL("/settings/notifications", APP_URL).href,
  };
}
