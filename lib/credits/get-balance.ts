import { type Ctx, requireMember } from "@/lib/auth/context";
import { londonDay, plusDays } from "@/lib/shared/london-time";
import { wholeBalance } from "@/lib/shared/money";
import { estimateText } from "./core/forecast";
import { type GaugeStatus, gaugeMaximum, gaugePercent, gaugeStatus, STATUS_TEXT } from "./core/gauge";
import type { SubscriptionState } from "./core/subscription";
import { refuseWithoutDashboard } from "./dashboard-access";
import { readBalance } from "./store/balance";
import type { Lot, LotKind } from "./store/postings";
import { usageByDay } from "./store/usage";

export type LotDto = {
  readonly kind: LotKind;
  readonly credits: number;
  /** When what is left of it goes; null: never. */
  readonly expiresAt: string | null;
  /** Monthly credits: when the next allowance comes. */
  readonly refreshesAt: string | null;
};

/** Whole credits, rounded down. A frozen organisation sees an exhausted one. */
export type BalanceDto = {
  readonly state: SubscriptionState;
  readonly balance: number;
  readonly allowance: number;
  readonly percent: number;
  readonly status: GaugeStatus;
  readonly statusText: string;
  readonly estimateText: string | null;
  readonly lots: readonly LotDto[];
  readonly recalculating: boolean;
};

const ESTIMATE_DAYS = 14;

/** The balance and its open lots, in the order of the draw. Needs `billing.credits.view`; trial, active, grandfathered. */
export async function getBalance(ctx: Ctx, orgId: string): Promise<BalanceDto> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  const today = londonDay(ctx.now());
  const [account, days] = await Promise.all([
    readBalance(orgId),
    usageByDay(orgId, plusDays(today, -ESTIMATE_DAYS), today),
  ]);
  refuseWithoutDashboard(account.state, "balance");
  const balance = account.frozen ? 0n : account.balance;
  const maximum = gaugeMaximum(account);
  const status = gaugeStatus(balance, maximum);
  return {
    state: account.state,
    balance: wholeBalance(balance),
    allowance: wholeBalance(account.periodGranted),
    percent: gaugePercent(balance, maximum),
    status,
    statusText: STATUS_TEXT[status],
    estimateText: estimateText(
      balance,
      days.map(({ credits }) => credits),
    ),
    lots: account.frozen ? [] : account.lots.map((lot) => toLot(lot, account.renewsAt)),
    recalculating: account.recalculatingSince !== null,
  };
}

function toLot(lot: Lot, renewsAt: Date | null): LotDto {
  return {
    kind: lot.kind,
    credits: wholeBalance(lot.remaining),
    expiresAt: lot.expiresAt?.toISOString() ?? null,
    refreshesAt: lot.kind === "monthly" && lot.expiresAt ? (renewsAt ?? lot.expiresAt).toISOString() : null,
  };
}
