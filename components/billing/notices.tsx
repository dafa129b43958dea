"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useSyncExternalStore } from "react";
import { HelpLink } from "@/components/layout/help";
import { Banner } from "@/components/ui/banner";
import { buttonStyle } from "@/components/ui/button";
import { type SubscriptionDto, type TopUpDto, topUpQuery } from "@/lib/billing/client";
import { type NoticesDto, noticesQuery } from "@/lib/credits/client";
import { formatCount } from "@/lib/shared/format";
import { AUTO_TOP_UP_ID, CHOOSE_PLAN_ID, CREDIT_PACKS_ID } from "./card-ids";
import { JumpLink } from "./jump-link";
import { useSubscription } from "./use-subscription";

type Degradation = NonNullable<NoticesDto["degradation"]>;

type WayOut = { readonly text: string; readonly action: ReactNode };

/** What happens without credits, as the banner says it. */
export const TAKES_MESSAGES =
  "Your assistant now takes messages on calls and sends a short reply to WhatsApp and SMS. Every conversation goes to your inbox.";

/** How this organisation gets back to full service: one sentence and one link. */
function wayOut(
  { reason, shortfall }: Degradation,
  subscription: SubscriptionDto,
  topUp: TopUpDto | undefined,
): WayOut {
  const support = <SupportButton href={subscription.supportUrl} />;
  const choose = subscription.manage === "choose" ? <ToPlans /> : support;
  if (reason === "trial-cap")
    return {
      text: `Your trial has reached its cost cap (${subscription.trialCap?.text ?? "all of its AI spend"}), whatever credits are left. Upgrade to a paid plan to restore full service.`,
      action: choose,
    };
  if (subscription.buysThroughSupport)
    return { text: "Contact Torqueflow support to restore full service.", action: support };
  const owed = shortfall && usedBeyond(shortfall);
  if (subscription.paused)
    return {
      text: owed
        ? `${owed} Once your subscription is resumed, your next credits settle that first.`
        : "Full service returns once your subscription is resumed.",
      action: support,
    };
  if (subscription.state === "past_due")
    return {
      text: owed
        ? `${owed} Once your payment has gone through, your next credits settle that first.`
        : "Full service returns once your payment has gone through.",
      // The banner above has the button to pay.
      action: subscription.manage === "portal" ? null : support,
    };
  if (subscription.state === "canceled")
    return {
      text: owed
        ? `${owed} When you subscribe again, your first credits settle that.`
        : "Full service returns when you subscribe again.",
      action: choose,
    };
  return {
    text: owed
      ? `${owed} Full service returns once you have bought more than that.`
      : "Full service returns as soon as you have credits.",
    action: (
      <div className="flex flex-wrap gap-2">
        <ToPacks {...subscription} />
        {topUp && canTurnOn(topUp) && <ToTopUp />}
      </div>
    ),
  };
}

const usedBeyond = (shortfall: number): string =>
  `${formatCount(shortfall, "credit was", "credits were")} used beyond your balance.`;

const ToPlans = () => <JumpLink to={CHOOSE_PLAN_ID}>Choose Your Plan</JumpLink>;

const ToTopUp = () => <JumpLink to={AUTO_TOP_UP_ID}>Turn on auto top-up</JumpLink>;

const ToPacks = ({ canPurchase }: SubscriptionDto) => (
  <JumpLink to={CREDIT_PACKS_ID}>{canPurchase ? "Buy credits" : "See credit packs"}</JumpLink>
);

/** A card is saved, and this member may have it charged. */
const canTurnOn = ({ enabled, canSwitchOn }: TopUpDto): boolean => !enabled && canSwitchOn;

/** What helps before credits run out: auto top-up where that can be turned on, else a pack; a trial’s cap is lifted by a plan. */
function warningAction(subscription: SubscriptionDto, topUp: TopUpDto | undefined): ReactNode {
  const { state, manage, dashboard, buysThroughSupport } = subscription;
  if (state === "trial") return manage === "choose" && <ToPlans />;
  if (dashboard !== "whole" || buysThroughSupport) return null;
  return topUp && canTurnOn(topUp) ? <ToTopUp /> : <ToPacks {...subscription} />;
}

/** What a warning adds to its title; nothing where the title says all. */
function warningText(
  { about }: NonNullable<NoticesDto["warning"]>,
  subscription: SubscriptionDto | undefined,
  topUp: TopUpDto | undefined,
): string | null {
  const spent = subscription?.trialCap ? `: ${subscription.trialCap.text} is used` : "";
  if (about === "trial-cap") return `Your trial’s cost cap counts, not its credits${spent}.`;
  if (topUp?.state !== "on" || topUp.threshold === null) return null;
  return `Auto top-up buys more once your balance drops below ${formatCount(topUp.threshold, "credit", "credits")}.`;
}

/**
 * Reads auto top-up from the cache, without a query: a query would make an entry without data, and the card, which is
 * hydrated later, would lose the data that the server rendered it with.
 */
function useTopUp(): TopUpDto | undefined {
  const client = useQueryClient();
  return useSyncExternalStore(
    (changed) => client.getQueryCache().subscribe(changed),
    () => client.getQueryData(topUpQuery().queryKey),
    () => undefined,
  );
}

/** The warnings before credits run out and the banner once they have; nothing until the server has answered. */
export function Notices() {
  const { data: notices } = useQuery(noticesQuery());
  const subscription = useSubscription();
  const topUp = useTopUp();
  if (notices?.degradation) {
    const way = subscription && wayOut(notices.degradation, subscription, topUp);
    return (
      <Banner tone="bad" title={notices.degradation.text} action={way?.action} urgent>
        <p>{way ? `${TAKES_MESSAGES} ${way.text}` : TAKES_MESSAGES}</p>
        <HelpLink page="finance/ai-credits">How AI credits work</HelpLink>
      </Banner>
    );
  }
  if (notices?.warning)
    return (
      <Banner
        tone={notices.warning.threshold === 75 ? "caution" : "warn"}
        title={notices.warning.text}
        action={subscription && warningAction(subscription, topUp)}
      >
        {warningText(notices.warning, subscription, topUp)}
      </Banner>
    );
  return null;
}

function SupportButton({ href }: { readonly href: string }) {
  return (
    <a href={href} className={buttonStyle({ size: "sm" })}>
      Contact Torqueflow support
    </a>
  );
}
