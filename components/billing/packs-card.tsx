"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import Zap from "lucide-react/icons/zap";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount, formatPence } from "@/components/ui/format";
import { Skeleton } from "@/components/ui/skeleton";
import type { PacksDto } from "@/lib/billing/list-packs";
import { Block, BlockSkeleton } from "./block";
import { packsQuery } from "./packs-query";
import { SupportLink } from "./subscription-card";
import { subscriptionQuery } from "./subscription-query";
import { type StartCheckout, useCheckout } from "./use-checkout";

const FRAME = { id: "credit-packs", title: "Credit Packs", icon: <Zap aria-hidden /> };

type Offer = PacksDto["packs"][number];

/** The Credit Packs section: what a trial is told, what can be bought, and who may. */
export function PacksCard({ buy }: { readonly buy: StartCheckout }) {
  const { data: subscription } = useQuery(subscriptionQuery());
  if (!subscription) return null;
  if (subscription.state === "trial") return <TrialPacks />;
  const { canPurchase, purchaserHint, supportUrl } = subscription;
  return (
    <Block
      frame={FRAME}
      query={packsQuery()}
      errorTitle="The credit packs could not be loaded"
      skeleton={<PacksPlaceholder />}
    >
      {({ packs }) => (
        <>
          {packs.length > 0 ? (
            <PackGrid packs={packs} buy={canPurchase ? buy : null} />
          ) : (
            <NotConfigured supportUrl={supportUrl} />
          )}
          {!canPurchase && <p className="mt-4 text-muted">{purchaserHint}</p>}
        </>
      )}
    </Block>
  );
}

function TrialPacks() {
  return (
    <Card id={FRAME.id} labelledBy="credit-packs-title">
      <CardHeader id="credit-packs-title" title={FRAME.title} icon={FRAME.icon} />
      <CardBody className="pt-2 text-muted">
        <p>Your trial includes free AI credits. Upgrade to a paid plan to purchase additional credits.</p>
      </CardBody>
    </Card>
  );
}

function NotConfigured({ supportUrl }: { readonly supportUrl: string }) {
  return (
    <div className="text-muted">
      <p>Credit packs are being configured. Check back soon.</p>
      <p className="mt-2">
        <SupportLink href={supportUrl}>Contact Torqueflow support</SupportLink>
      </p>
    </div>
  );
}

function PackGrid({ packs, buy }: { readonly packs: readonly Offer[]; readonly buy: StartCheckout | null }) {
  const { start, starting } = useCheckout(buy);
  return (
    <ul className="grid gap-3 sm:grid-cols-[repeat(auto-fit,minmax(13rem,1fr))]">
      {packs.map((pack) => (
        <li
          key={pack.id}
          className={clsx(
            "flex flex-col rounded-md border p-4",
            pack.bestValue && "border-plum ring-1 ring-plum",
          )}
        >
          <div className="flex min-h-6 flex-wrap items-center justify-between gap-2">
            <h3 className="flex min-w-0 items-center gap-1.5 font-medium">
              <Zap
                aria-hidden
                className={clsx("size-4 shrink-0", pack.bestValue ? "text-plum" : "text-faint")}
              />
              <span className="min-w-0 break-words">{pack.name}</span>
            </h3>
            {pack.bestValue && <Badge tone="plum">Best Value</Badge>}
          </div>
          <p className="mt-3 font-semibold text-xl tabular-nums tracking-tight">
            {formatPence(pack.pricePence)}
          </p>
          <p className="mt-1 tabular-nums">{formatCount(pack.credits, "credit", "credits")}</p>
          <p className="text-muted text-sm tabular-nums">{pack.perCreditText}</p>
          {buy && (
            <Button
              variant={pack.bestValue ? "primary" : "secondary"}
              className="mt-4 w-full"
              aria-busy={starting === pack.id}
              disabled={starting !== null}
              onClick={() => void start(pack.id)}
            >
              {starting === pack.id ? "Redirecting…" : "Buy Now"}
              <span className="sr-only">: {pack.name}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function PacksPlaceholder() {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Skeleton className="h-44" />
      <Skeleton className="h-44" />
      <Skeleton className="h-44" />
    </div>
  );
}

export function PacksSkeleton() {
  return (
    <BlockSkeleton frame={FRAME}>
      <PacksPlaceholder />
    </BlockSkeleton>
  );
}
