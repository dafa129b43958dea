"use client";

import { clsx } from "clsx";
import Zap from "lucide-react/icons/zap";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { buttonStyle } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { type PackOffer, packsQuery, type ShownPack } from "@/lib/billing/client";
import { formatCount, formatPence } from "@/lib/shared/format";
import { Block, BlockSkeleton } from "./block";
import { CREDIT_PACKS_ID } from "./card-ids";
import { RedirectButton } from "./redirect-button";
import { SupportLink } from "./support-link";
import { type Redirect, useRedirect } from "./use-redirect";
import { useSubscription } from "./use-subscription";

const FRAME = { id: CREDIT_PACKS_ID, title: "Credit Packs", icon: <Zap aria-hidden /> };

/** Buy Now, as the server does it. */
type StartCheckout = (shown: ShownPack) => Promise<Redirect>;

/** The Credit Packs section: the packs on offer, the trial’s message, and who may buy. */
export function PacksCard({ buy }: { readonly buy: StartCheckout }) {
  const subscription = useSubscription();
  if (!subscription) return null;
  if (subscription.state === "trial") return <TrialPacks />;
  const { canPurchase, purchaserHint, supportUrl, buysThroughSupport } = subscription;
  const askSupport = buysThroughSupport ? supportUrl : null;
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
            <PackGrid packs={packs} buy={canPurchase ? buy : null} askSupport={askSupport} />
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

type PackGridProps = {
  readonly packs: readonly PackOffer[];
  /** Null: this viewer cannot buy. */
  readonly buy: StartCheckout | null;
  /** Where support is, when only they can help just now. */
  readonly askSupport: string | null;
};

function PackGrid({ packs, buy, askSupport }: PackGridProps) {
  const { leave, leaving } = useRedirect();
  return (
    <div className="@container">
      <ul className="grid gap-3 @2xl:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
        {packs.map((pack) => (
          <Pack key={pack.id} pack={pack}>
            {buy &&
              (askSupport === null ? (
                <RedirectButton
                  variant={pack.bestValue ? "primary" : "secondary"}
                  className="col-span-2 mt-4 w-full"
                  leaving={leaving === pack.id}
                  disabled={leaving !== null && leaving !== pack.id}
                  about={pack.name}
                  onClick={() => {
                    const { id: packId, credits, pricePence } = pack;
                    void leave(packId, () => buy({ packId, credits, pricePence }));
                  }}
                >
                  Buy Now
                </RedirectButton>
              ) : (
                <a href={askSupport} className={buttonStyle({ className: "col-span-2 mt-4 w-full" })}>
                  Contact Torqueflow support
                </a>
              ))}
          </Pack>
        ))}
      </ul>
    </div>
  );
}

/** A column of its own where there is room; otherwise two lines, with the price at their end. */
function Pack({ pack, children }: { readonly pack: PackOffer; readonly children: ReactNode }) {
  const { name, pricePence, credits, perCreditText, bestValue } = pack;
  return (
    <li
      className={clsx(
        "grid grid-cols-[1fr_auto] items-baseline gap-x-4 rounded-md border p-4 @2xl:flex @2xl:flex-col @2xl:items-stretch",
        bestValue && "border-plum ring-1 ring-plum",
      )}
    >
      <div className="flex min-h-6 min-w-0 flex-wrap items-center gap-2 @2xl:justify-between">
        <h3 className="flex min-w-0 items-center gap-1.5 font-medium">
          <Zap aria-hidden className={clsx("size-4 shrink-0", bestValue ? "text-plum" : "text-faint")} />
          <span className="min-w-0 break-words">{name}</span>
        </h3>
        {bestValue && <Badge tone="plum">Best Value</Badge>}
      </div>
      <p className="text-right font-semibold text-lg tabular-nums tracking-tight @2xl:mt-3 @2xl:text-left @2xl:text-xl">
        {formatPence(pricePence)}
      </p>
      <p className="mt-1 tabular-nums">{formatCount(credits, "credit", "credits")}</p>
      <p className="text-right text-muted text-sm tabular-nums @2xl:grow @2xl:text-left">{perCreditText}</p>
      {children}
    </li>
  );
}

function PacksPlaceholder() {
  return (
    <div className="@container">
      <div className="grid gap-3 @2xl:grid-cols-3">
        <Skeleton className="h-35 @2xl:h-48" />
        <Skeleton className="h-35 @2xl:h-48" />
        <Skeleton className="h-35 @2xl:h-48" />
      </div>
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
