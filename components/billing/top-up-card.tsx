"use client";

import { useQuery } from "@tanstack/react-query";
import RefreshCcw from "lucide-react/icons/refresh-ccw";
import { useState } from "react";
import { WENT_WRONG } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { Banner } from "@/components/ui/banner";
import { partMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { type SubscriptionDto, TOP_UP_WORDS, type TopUpDto, topUpQuery } from "@/lib/billing/client";
import { Block, BlockSkeleton } from "./block";
import { AUTO_TOP_UP_ID, CREDIT_PACKS_ID } from "./card-ids";
import { JumpLink } from "./jump-link";
import { ManageSubscription, type OpenPortal } from "./manage-subscription";
import { SupportLink } from "./support-link";
import { TopUpActivity } from "./top-up-activity";
import { TopUpStateLine, TopUpStatistics, TopUpTerms } from "./top-up-state";
import { useSubscription } from "./use-subscription";
import { type TopUpEditing, useEditing, useSaveTopUp } from "./use-top-up";

const FRAME = { id: AUTO_TOP_UP_ID, title: "Auto Top-Up", icon: <RefreshCcw aria-hidden /> };
const REASON_ID = `${AUTO_TOP_UP_ID}-reason`;

/**
 * Its script, with the dialog's, comes where it is on or is being switched on. Made in the browser alone: taken over late,
 * a form that the server had rendered would differ from what is known by then.
 */
const TopUpForm = onDemand(() => import("./top-up-form"), {
  loading: () => <Skeleton className="h-56" />,
  missing: partMissing("This form couldn’t be loaded"),
});

/** Auto Top-Up: switched on and off, configured, and what has become of it. */
export function TopUpCard({ portal }: { readonly portal: OpenPortal }) {
  const subscription = useSubscription();
  const { data: topUp } = useQuery(topUpQuery());
  const editing = useEditing();
  if (!subscription) return null;
  return (
    <>
      {topUp?.enabled && topUp.lastFailed && (
        <Banner
          tone="bad"
          title={TOP_UP_WORDS.lastFailed}
          action={<ManageSubscription {...subscription} portal={portal} />}
        />
      )}
      <div className="grid gap-2.5">
        <Block
          frame={FRAME}
          query={topUpQuery()}
          errorTitle="Auto top-up could not be loaded"
          skeleton={<TopUpPlaceholder />}
          aside={(data) => <TopUpSwitch topUp={data} editing={editing} />}
        >
          {(data) => <Section topUp={data} subscription={subscription} editing={editing} />}
        </Block>
        {topUp && <TopUpStatistics {...topUp} />}
      </div>
    </>
  );
}

type EditProps = { readonly topUp: TopUpDto; readonly editing: TopUpEditing };

/** On opens the form; off saves at once. Without a card it can only be switched off. */
function TopUpSwitch({ topUp, editing }: EditProps) {
  const { switchOff } = useSaveTopUp();
  const [leaving, setLeaving] = useState(false);
  const isOn = !leaving && (topUp.enabled || editing.open);
  const turnOff = async () => {
    if (!topUp.enabled) return editing.forget();
    setLeaving(true);
    try {
      toast.success(await switchOff());
      editing.forget();
    } catch (error) {
      toast.error(error instanceof Error ? error.message : WENT_WRONG);
    }
    setLeaving(false);
  };
  return (
    <Switch
      aria-labelledby={`${AUTO_TOP_UP_ID}-title`}
      aria-describedby={REASON_ID}
      aria-busy={leaving}
      checked={isOn}
      disabled={!(topUp.canManage && (isOn || leaving || topUp.canSwitchOn))}
      onChange={({ target }) => {
        if (leaving) return;
        if (target.checked) editing.switchOn();
        else void turnOff();
      }}
    />
  );
}

type SectionProps = EditProps & { readonly subscription: SubscriptionDto };

function Section({ topUp, subscription, editing }: SectionProps) {
  const isOpen = topUp.canManage && (topUp.enabled || editing.open);
  const canConfigure = isOpen && topUp.state !== "suspended" && topUp.packs.length > 0;
  return (
    <div className="grid gap-5">
      <div className="grid gap-2 empty:hidden" id={REASON_ID}>
        {topUp.state === "off" ? !isOpen && <WhatItDoes {...topUp} /> : <TopUpStateLine {...topUp} />}
        <WhyNot topUp={topUp} subscription={subscription} />
      </div>
      {canConfigure ? (
        <TopUpForm topUp={topUp} editing={editing} />
      ) : (
        topUp.enabled && <TopUpTerms {...topUp} />
      )}
      {!topUp.canManage && (
        <p className="text-muted">
          {topUp.state === "needs_authentication"
            ? "Only the account owner can confirm it."
            : subscription.purchaserHint}
        </p>
      )}
      {topUp.packId !== null && <TopUpActivity />}
    </div>
  );
}

function WhatItDoes({ card }: TopUpDto) {
  return (
    <p className="text-muted">
      {card
        ? `Buys a credit pack with your saved card (ending in ${card.last4}) whenever your balance runs low.`
        : "Buys a credit pack with your saved card whenever your balance runs low."}
    </p>
  );
}

/** What keeps an owner from switching it on, and where that is mended. */
function WhyNot({ topUp, subscription }: Omit<SectionProps, "editing">) {
  const { supportUrl, buysThroughSupport } = subscription;
  const support = <SupportLink href={supportUrl}>Contact Torqueflow support</SupportLink>;
  if (buysThroughSupport) return topUp.canManage && <p>{support}</p>;
  // The subscription's card says how to get there.
  if (subscription.dashboard !== "whole")
    return !topUp.enabled && <p className="text-muted">Auto top-up needs an active subscription.</p>;
  if (topUp.packs.length === 0)
    return (
      <p className="flex flex-wrap gap-x-1.5 text-muted">
        <span>Credit packs are being configured. Check back soon.</span>
        {support}
      </p>
    );
  if (topUp.hasCard || !topUp.canManage) return null;
  return (
    <p className="flex flex-wrap gap-x-1.5 text-muted">
      {topUp.state === "off" && <span>{TOP_UP_WORDS.noCard}</span>}
      <JumpLink to={CREDIT_PACKS_ID} inline>
        See credit packs
      </JumpLink>
    </p>
  );
}

function TopUpPlaceholder() {
  return <Skeleton className="h-5 w-3/4" />;
}

export function TopUpSkeleton() {
  return (
    <BlockSkeleton frame={FRAME}>
      <TopUpPlaceholder />
    </BlockSkeleton>
  );
}
