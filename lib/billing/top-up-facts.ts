import type { Ctx } from "@/lib/auth/context";
import type { Standing } from "@/lib/credits/hold-account";
import type { Queryable } from "@/lib/db/pool";
import { credits } from "@/lib/shared/money";
import { monthOf, REST_MS, type TopUpFacts } from "./core/decide-top-up";
import { buyingStoppedBy } from "./purchase-access";
import { findCustomer } from "./store/customers";
import { findOfferedPack, type PricedPack } from "./store/packs";
import { chargesSince, findOpenAttempt, type MonthTotals, monthTotals } from "./store/top-up-attempts";
import { findLink } from "./store/top-up-links";
import type { TopUp } from "./store/top-ups";
import { isWaitingPage } from "./top-up-page";

export type GatheredFacts = {
  readonly facts: TopUpFacts;
  /** Undefined where it is not offered any more. */
  readonly pack: PricedPack | undefined;
  readonly month: MonthTotals;
};

const isAgreed = ({ agreedPence, agreedCredits }: TopUp, pack: PricedPack): boolean =>
  pack.pricePence === agreedPence && credits(pack.credits) === agreedCredits;

/** Everything that decides whether a pack may be bought now. For a claim: in the transaction that holds the account. */
export async function gatherFacts(
  ctx: Ctx,
  db: Queryable,
  topUp: TopUp,
  account: Standing,
): Promise<GatheredFacts> {
  const { orgId } = topUp;
  const now = ctx.now();
  const stop = buyingStoppedBy(account);
  // One after the other: a connection runs one query at a time.
  const offered = await findOfferedPack(topUp.packId, db);
  // Only what was agreed to is charged: a pack that was changed counts as another one.
  const pack = offered && isAgreed(topUp, offered) ? offered : undefined;
  const customer = await findCustomer(orgId, db);
  const month = await monthTotals(orgId, monthOf(now), db);
  const link = await findLink(orgId, db);
  const open = await findOpenAttempt(orgId, db);
  const waits = open !== undefined && (await isWaitingPage(open, now, db));
  const facts: TopUpFacts = {
    enabled: topUp.enabled,
    balance: account.balance,
    threshold: topUp.threshold,
    stopped: stop === null ? null : stop === "frozen" ? "frozen" : "state",
    pausedReason: topUp.pausedReason,
    restUntil: topUp.restUntil,
    attemptOpen: open !== undefined && !waits,
    linkUntil: link?.expiresAt ?? null,
    pack: pack ? { pricePence: pack.pricePence } : null,
    hasCard: customer?.chargedCard != null,
    monthlyLimitPence: topUp.monthlyLimitPence,
    monthPence: month.reservedPence,
    chargesInHour: await chargesSince(db, orgId, new Date(now.getTime() - REST_MS)),
  };
  return { facts, pack, month };
}
