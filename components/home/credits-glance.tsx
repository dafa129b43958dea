"use client";

import Fuel from "lucide-react/icons/fuel";
import { Block } from "@/components/billing/block";
import { FuelGauge } from "@/components/billing/fuel-gauge";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import { type BalanceDto, balanceQuery } from "@/lib/credits/client";
import { formatNumber } from "@/lib/shared/format";
import { CardLink } from "./card-link";
import { Figure } from "./figure";

/** The balance in the gauge's own words, for who may see credits. Where the subscription has no dashboard, nothing. */
export function CreditsGlance() {
  return (
    <Block
      frame={{ id: "credits", title: "Credits", icon: <Fuel aria-hidden /> }}
      query={balanceQuery()}
      errorTitle="Your credit balance could not be loaded"
      skeleton={<CreditsSkeleton />}
    >
      {(balance) => <Credits {...balance} />}
    </Block>
  );
}

function Credits({
  balance,
  percent,
  status,
  statusText,
  estimateText,
  trialCap,
  recalculating,
}: BalanceDto) {
  return (
    <>
      <div className="grid gap-x-8 gap-y-3 sm:grid-cols-[auto_minmax(0,1fr)]">
        <dl>
          <Figure label={balance === 1 ? "credit available" : "credits available"}>
            {formatNumber(balance)}
          </Figure>
        </dl>
        <div className="self-center">
          <FuelGauge percent={percent} status={status} statusText={statusText} />
          <p className="mt-2 font-medium text-sm">{statusText}</p>
          {estimateText && <p className="text-muted text-sm">{estimateText}</p>}
          {trialCap && <p className="text-muted text-sm">{`Trial cost cap: ${trialCap.text}`}</p>}
          {recalculating && (
            <Badge tone="accent" role="status">
              Balance is being recalculated
            </Badge>
          )}
        </div>
      </div>
      <CardLink href="/settings/billing">Open Billing</CardLink>
    </>
  );
}

const CreditsSkeleton = () => (
  <div role="status">
    <span className="sr-only">Loading your credits</span>
    <Skeleton className="h-20" />
  </div>
);
