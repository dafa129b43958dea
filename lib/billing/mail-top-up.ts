import type { Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { queueMail } from "@/lib/mail/queue-mail";
import { wholeBalance } from "@/lib/shared/money";
import { monthOf, nextMonth } from "./core/decide-top-up";
import { TOP_UP_WORDS } from "./core/top-up-words";
import type { Order } from "./store/orders";
import { type PricedPack, packName } from "./store/packs";
import type { TopUp } from "./store/top-ups";

type Told = Pick<TopUp, "orgId" | "consentId" | "version">;

/** Each of these is mailed once until it is saved again. */
const causeOf = (what: string, { consentId, version }: Told): string =>
  `top-up-${what}:${consentId}:${version}`;

const packOf = ({ packName: name, microcredits, pricePence }: Order) => ({
  name,
  credits: wholeBalance(microcredits),
  pricePence,
});

/** The first of several failures in a row; the attempt is its cause. */
export async function mailFailed(
  ctx: Ctx,
  tx: Queryable,
  {
    order,
    attemptId,
    why,
    triesAgainAt,
  }: { order: Order; attemptId: string; why: string; triesAgainAt: Date },
): Promise<void> {
  const data = { pack: packOf(order), why, triesAgainAt: triesAgainAt.toISOString() };
  await queueMail(ctx, tx, {
    orgId: order.orgId,
    letter: "top-up-failed",
    cause: `top-up-failed:${attemptId}`,
    data,
  });
}

/** Nothing more is charged until an owner does something; the attempt, or the dispute, is its cause. */
export async function mailPaused(
  ctx: Ctx,
  tx: Queryable,
  { order, cause, why }: { order: Order; cause: string; why: string },
): Promise<void> {
  await queueMail(ctx, tx, {
    orgId: order.orgId,
    letter: "top-up-paused",
    cause: `top-up-paused:${cause}`,
    data: { pack: packOf(order), why, remedy: "card" },
  });
}

/** The same where no attempt of this pack caused it. */
export async function mailPausedWith(
  ctx: Ctx,
  tx: Queryable,
  topUp: TopUp,
  { cause, why }: { cause: string; why: string },
): Promise<void> {
  const { orgId, packId, agreedPence, agreedCredits } = topUp;
  const pack = {
    name: await packName(packId, tx),
    credits: wholeBalance(agreedCredits),
    pricePence: agreedPence,
  };
  await queueMail(ctx, tx, {
    orgId,
    letter: "top-up-paused",
    cause: `top-up-paused:${cause}`,
    data: { pack, why, remedy: "save" },
  });
}

/** The bank asks the cardholder to authenticate; the attempt is its cause. */
export async function mailNeedsAuthentication(
  ctx: Ctx,
  tx: Queryable,
  { order, attemptId, url, validUntil }: { order: Order; attemptId: string; url: string; validUntil: Date },
): Promise<void> {
  await queueMail(ctx, tx, {
    orgId: order.orgId,
    letter: "top-up-needs-authentication",
    cause: `top-up-authentication:${attemptId}`,
    data: { pack: packOf(order), url, validUntil: validUntil.toISOString() },
  });
}

/** Once a month, and again where it was saved with another limit. */
export async function mailLimitReached(
  ctx: Ctx,
  tx: Queryable,
  topUp: TopUp,
  spentPence: number,
): Promise<void> {
  const { orgId, monthlyLimitPence } = topUp;
  if (monthlyLimitPence === null) return;
  await queueMail(ctx, tx, {
    orgId,
    letter: "top-up-limit-reached",
    cause: causeOf(`limit:${monthOf(ctx.now())}`, topUp),
    data: { limitPence: monthlyLimitPence, spentPence, resumesAt: nextMonth(ctx.now()).toISOString() },
  });
}

/** The pack that would be bought is not sold any more. */
export async function mailWithdrawnPack(ctx: Ctx, tx: Queryable, topUp: TopUp): Promise<void> {
  const { orgId, packId } = topUp;
  const data = { packName: await packName(packId, tx) };
  await queueMail(ctx, tx, { orgId, letter: "pack-withdrawn", cause: causeOf("pack", topUp), data });
}

/** There is no card to charge. */
export async function mailNoCard(ctx: Ctx, tx: Queryable, topUp: TopUp, pack: PricedPack): Promise<void> {
  const { name, credits, pricePence } = pack;
  await queueMail(ctx, tx, {
    orgId: topUp.orgId,
    letter: "top-up-paused",
    cause: causeOf("no-card", topUp),
    data: { pack: { name, credits, pricePence }, why: TOP_UP_WORDS.noCard, remedy: "buy" },
  });
}
