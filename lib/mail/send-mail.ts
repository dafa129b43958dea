import { type Ctx, requireSystem } from "@/lib/auth/context";
import { findOwner } from "@/lib/auth/owners";
import { env } from "@/lib/shared/env";
import { metrics } from "@/lib/shared/metrics";
import { visibleName } from "@/lib/shared/visible-text";
import { nextAttempt } from "./core/next-attempt";
import { findLetter } from "./letters";
import type { Content, Place } from "./letters/letter";
import { renderLetter } from "./render-letter";
import { type Delivery, deliver } from "./smtp";
import { endMail, findMail, isUnwanted, type Mail, recordAttempt } from "./store/mails";

/** What the worker hands in: whether an organisation gets no mail about credits, because it is frozen or a demonstration. */
export type Silence = (orgId: string) => Promise<boolean>;

type Outcome =
  | { readonly kind: "sent" }
  | { readonly kind: "dropped" | "refused" | "failed"; readonly reason: string };

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
  const outcome = await attempt(ctx, mail, isSilenced);
  return conclude(ctx, mail, outcome);
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
  if (!owner.address.includes("@")) return { kind: "refused", reason: "no-address" };
  try {
    const content = letter.compose(mail.data, placeOf(ctx, owner.orgName));
    return await deliverTo(ctx, mail, content, owner.address);
  } catch (error) {
    ctx.log.error({ err: error, letter: mail.letter }, "a letter could not be written");
    return { kind: "failed", reason: "not-written" };
  }
}

async function deliverTo(ctx: Ctx, mail: Mail, content: Content, to: string): Promise<Delivery> {
  const { SUPPORT_EMAIL, SUPPORT_URL } = env();
  const { html, text } = await renderLetter(content, SUPPORT_URL ?? `mailto:${SUPPORT_EMAIL}`);
  return deliver({ id: mail.id, to, subject: content.subject, html, text, date: ctx.now() });
}

function placeOf(ctx: Ctx, orgName: string): Place {
  const { APP_URL } = env();
  return {
    orgName: visibleName(orgName) ?? "Your garage",
    now: ctx.now(),
    billing: (card) => new URL(`/settings/billing#${card}`, APP_URL).href,
  };
}

async function conclude(ctx: Ctx, mail: Mail, outcome: Outcome): Promise<Date | undefined> {
  const at = ctx.now();
  const attempts = mail.attempts + 1;
  const about = { orgId: mail.orgId, mailId: mail.id, letter: mail.letter };
  const count = (word: "sent" | "dropped" | "failed" | "retried"): void =>
    metrics.mails.inc({ letter: findLetter(mail.letter) ? mail.letter : "unknown", outcome: word });
  if (outcome.kind === "sent" || outcome.kind === "dropped") {
    const reason = outcome.kind === "dropped" ? outcome.reason : null;
    await endMail(mail, { status: outcome.kind, reason, attempts, at });
    count(outcome.kind);
    return undefined;
  }
  const again = outcome.kind === "failed" ? nextAttempt(mail.queuedAt, attempts, at) : undefined;
  if (again) {
    await recordAttempt(mail, attempts, outcome.reason);
    ctx.log.warn({ ...about, attempts, reason: outcome.reason }, "a mail was not sent yet");
    count("retried");
    return again;
  }
  await endMail(mail, { status: "failed", reason: outcome.reason, attempts, at });
  ctx.log.error({ ...about, attempts, reason: outcome.reason }, "a mail could not be sent");
  count("failed");
  return undefined;
}
