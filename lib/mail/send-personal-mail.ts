import { type Ctx, requireSystem } from "@/lib/auth/context";
import { addressOfUser } from "@/lib/auth/people";
import { env } from "@/lib/shared/env";
import { concludeAttempt, type Outcome } from "./conclude-attempt";
import { deliverLetter } from "./deliver-letter";
import { findPersonalLetter } from "./personal-letters";
import type { MailEnd } from "./store/mails";
import {
  endPersonalMail,
  findPersonalMail,
  type PersonalMail,
  recordPersonalAttempt,
} from "./store/personal-mails";

/** As `sendMail`, for a letter to one person. */
export async function sendPersonalMail(
  ctx: Ctx,
  { mailId }: { readonly mailId: string },
): Promise<Date | undefined> {
  requireSystem(ctx.actor);
  const mail = await findPersonalMail(mailId);
  if (mail?.status !== "queued") return undefined;
  const attempted = {
    about: { mailId, letter: mail.letter },
    isKnown: findPersonalLetter(mail.letter) !== undefined,
    queuedAt: mail.queuedAt,
    attempts: mail.attempts + 1,
    end: (end: MailEnd) => endPersonalMail(mailId, end),
    record: (attempts: number, reason: string) => recordPersonalAttempt(mailId, attempts, reason),
  };
  return concludeAttempt(ctx, attempted, await attempt(ctx, mail));
}

async function attempt(
  ctx: Ctx,
  { id, letter: name, address, userId, data }: PersonalMail,
): Promise<Outcome> {
  const letter = findPersonalLetter(name);
  if (!letter) return { kind: "refused", reason: "unknown-letter" };
  const to = userId === null ? address : await addressOfUser(ctx, userId);
  if (to === null || to === undefined) return { kind: "dropped", reason: "no-such-user" };
  const { APP_URL } = env();
  const place = { now: ctx.now(), page: (path: `/${string}`) => new URL(path, APP_URL).href };
  return deliverLetter(ctx, { id, letter: name, to, compose: () => letter.compose(data, place) });
}
