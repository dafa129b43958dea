"use client";

import Fuel from "lucide-react/icons/fuel";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import { type BalanceDto, balanceQuery } from "@/lib/credits/client";
import { formatCount, formatNumber } from "@/lib/shared/format";
import { Block, BlockSkeleton } from "./block";
import { FuelGauge } from "./fuel-gauge";
import { LotList } from "./lot-list";

const FRAME = { id: "credit-balance", title: "Credit Balance", icon: <Fuel aria-hidden /> };

const RECALCULATING_MS = 3_000;

const query = {
  ...balanceQuery(),
  refetchInterval: ({ state }: { state: { data?: BalanceDto | undefined } }) =>
    state.data?.recalculating ? RECALCULATING_MS : false,
};

/** The balance, the gauge, the estimate and the credit types. */
export function BalanceCard({ renewsAt }: { renewsAt: string | null }) {
  return (
    <Block
      frame={FRAME}
      query={query}
      errorTitle="Your credit balance could not be loaded"
      skeleton={<Placeholder />}
    >
      {(balance) => <Balance balance={balance} renewsAt={renewsAt} />}
    </Block>
  );
}

function Balance({ balance, renewsAt }: { balance: BalanceDto; renewsAt: string | null }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-2">
        <p className="font-semibold text-display tabular-nums tracking-[-0.035em]" data-testid="balance">
          {formatNumber(balance.balance)}
        </p>
        <p className="text-muted">
          {balance.lessThanOne
            ? "credits available (less than one credit is left)"
            : balance.balance === 1
              ? "credit available"
              : "credits available"}
        </p>
        {balance.recalculating && (
          <Badge tone="accent" role="status">
            Balance is being recalculated
          </Badge>
        )}
      </div>
      <div className="mt-5">
        <FuelGauge percent={balance.percent} status={balance.status} statusText={balance.statusText} />
      </div>
      <div className="mt-2.5 flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="font-medium">{balance.statusText}</p>
        {balance.allowance > 0 && (
          <p className="text-faint text-sm tabular-nums">
            {`${balance.percent}% of ${formatNumber(balance.allowance)}`}
          </p>
        )}
      </div>
      {balance.estimateText && <p className="mt-0.5 text-muted">{balance.estimateText}</p>}
      {balance.shortfall && <p className="mt-0.5 text-muted">{shortfallText(balance.shortfall)}</p>}
      {balance.trialCap && <p className="mt-0.5 text-muted">{trialCapText(balance.trialCap)}</p>}
      <div className="mt-5">
        <LotList lots={balance.lots} renewsAt={renewsAt} />
      </div>
    </>
  );
}

/** Why a balance stands at 0 though credits were bought: what was used beyond the last ones is settled first. */
function shortfallText({ needed, settled }: NonNullable<BalanceDto["shortfall"]>): string {
  const missing = `${formatCount(needed, "more credit is", "more credits are")} needed before any are available.`;
  return settled > 0
    ? `Your last purchase settled ${formatCount(settled, "credit", "credits")} that had been used beyond your balance; ${missing}`
    : `Calls in progress used more than was left; ${missing}`;
}

/** A trial is stopped by its cap: its credits only show what is used. */
const trialCapText = ({ reached, text }: NonNullable<BalanceDto["trialCap"]>): string =>
  reached
    ? `Your trial has reached its cost cap (${text}), whatever credits are left.`
    : `Your trial is limited by its cost cap (${text}), not by these credits.`;

function Placeholder() {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-12 w-40" />
      <Skeleton className="h-3 w-full rounded-full" />
      <Skeleton className="h-4 w-64 max-w-full" />
      <Skeleton className="h-16 w-full" />
    </div>
  );
}

export function BalanceSkeleton() {
  return (
    <BlockSkeleton frame={FRAME}>
      <Placeholder />
    </BlockSkeleton>
  );
}
