import { type Ctx, requireMember } from "@/lib/auth/context";
import { formatPence } from "@/lib/shared/format";
import { wholeBalance, wholeShortfall } from "@/lib/shared/money";
import { type GaugeStatus, gaugeMaximum, gaugePercent, gaugeStatus, STATUS_TEXT } from "./core/gauge";
import { type SubscriptionState, termsOf } from "./core/subscription";
import { isCapReached, shownSpendPence } from "./core/trial-cap";
import { refuseWithoutDashboard } from "./dashboard-access";
import { estimateFor } from "./estimate";
import type { AccountRow } from "./store/account";
import { readBalance } from "./store/balance";
import { type Lot, type LotKind, settledByTooSmallPurchase } from "./store/postings";

export type LotDto = {
  readonly kind: LotKind;
  readonly credits: number;
  /** When what is left of it goes; null: never. */
  readonly expiresAt: string | null;
  /** Monthly credits: when the next allowance comes; null where none does. */
  readonly refreshesAt: string | null;
};

/** Whole credits, rounded down. A frozen organisation sees an exhausted one. */
export type BalanceDto = {
  readonly state: SubscriptionState;
  readonly balance: number;
  /** Something is left, but no whole credit. */
  readonly lessThanOne: boolean;
  /** What this period was granted: the gauge's full mark, unless it is 0. */
  readonly allowance: number;
  readonly percent: number;
  readonly status: GaugeStatus;
  readonly statusText: string;
  readonly estimateText: string | null;
  /** What was used beyond the last credits: `needed` before any are available, `settled` by a purchase that was too small. Null for a trial. */
  readonly shortfall: { readonly needed: number; readonly settled: number } | null;
  /** A trial is stopped by its cap, not by its balance; null where there is none. */
  readonly trialCap: { readonly reached: boolean; readonly text: string } | null;
  readonly lots: readonly LotDto[];
  readonly recalculating: boolean;
};

/** The balance and its open lots, in the order of the draw. Needs `billing.credits.view`; trial, active, grandfathered. */
export async function getBalance(ctx: Ctx, orgId: string): Promise<BalanceDto> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  const { lots, ...account } = await readBalance(orgId);
  refuseWithoutDashboard(account.state, "balance");
  const shown = account.frozen ? { ...account, balance: 0n, overdraft: 0n } : account;
  const maximum = gaugeMaximum(account);
  const status = gaugeStatus(shown.balance, maximum);
  const countsBalance = termsOf(account.state).gate === "balance";
  return {
    state: account.state,
    balance: wholeBalance(shown.balance),
    lessThanOne: shown.balance > 0n && wholeBalance(shown.balance) === 0,
    allowance: wholeBalance(account.periodGranted),
    percent: gaugePercent(shown.balance, maximum),
    status,
    statusText: STATUS_TEXT[status],
    estimateText: account.frozen ? null : await estimateFor(ctx, account),
    shortfall: shown.overdraft > 0n && countsBalance ? await shortfallOf(account) : null,
    trialCap: account.frozen ? null : trialCapOf(account),
    lots: account.frozen ? [] : lots.map((lot) => toLot(lot, account.renewsAt)),
    recalculating: account.recalculatingSince !== null,
  };
}

async function shortfallOf({ orgId, overdraft }: AccountRow): Promise<{ needed: number; settled: number }> {
  const settled = await settledByTooSmallPurchase(orgId);
  return { needed: wholeShortfall(overdraft), settled: wholeBalance(settled) };
}

function trialCapOf(account: AccountRow): BalanceDto["trialCap"] {
  if (termsOf(account.state).gate !== "cap" || account.trialCapMicroGbp === 0n) return null;
  const cap = formatPence(Number(account.trialCapMicroGbp / 10_000n));
  return { reached: isCapReached(account), text: `${formatPence(shownSpendPence(account))} of ${cap}` };
}

/** An allowance that another one follows refreshes; the last one expires. */
function toLot(lot: Lot, renewsAt: Date | null): LotDto {
  const refreshes =
    lot.kind === "monthly" && renewsAt !== null && lot.expiresAt?.getTime() === renewsAt.getTime();
  return {
    kind: lot.kind,
    credits: wholeBalance(lot.remaining),
    expiresAt: lot.expiresAt?.toISOString() ?? null,
    refreshesAt: refreshes ? renewsAt.toISOString() : null,
  };
}
