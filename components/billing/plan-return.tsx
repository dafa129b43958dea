"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { refetchChanged } from "@/components/live/refetch-changed";
import { Banner } from "@/components/ui/banner";
import type { SubscriptionDto, SubscriptionProgress } from "@/lib/billing/client";
import { useSubscription } from "./use-subscription";

/** What the server knows of the order; a refusal, where it is none of this organisation's, or we failed. */
type Confirmed =
  | { readonly status: SubscriptionProgress }
  | { readonly kind: "refused"; readonly code: string };

type PlanReturnProps = {
  readonly confirm: (sessionId: string) => Promise<Confirmed>;
  /** Has Stripe read again. */
  readonly refresh: () => Promise<unknown>;
};

type Shown = SubscriptionProgress | "left" | "unknown";

/** Until it is active it is asked again, each time later. */
const AGAIN_MS = [2_000, 4_000, 8_000, 15_000, 30_000];

const FAILED = { kind: "refused", code: "unavailable" } as const;

/**
 * Back from Stripe's Checkout or portal. What is said follows what the server knows: an address proves nothing. A
 * subscription that is active says so, whoever told the server.
 */
export function PlanReturn({ confirm, refresh }: PlanReturnProps) {
  const queries = useQueryClient();
  const subscription = useSubscription();
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    const given = new URLSearchParams(window.location.search);
    const plan = given.get("plan");
    const isFromPortal = given.get("portal") === "back";
    if (plan === null && !isFromPortal) return;
    // So that a reload, or a bookmark, does not show the outcome again.
    window.history.replaceState(window.history.state, "", window.location.pathname);
    const readAgain = () => void refetchChanged(queries, [["billing"]], document.hidden);
    if (isFromPortal) void refresh().then(readAgain, readAgain);
    if (plan === "cancelled") setShown("left");
    const sessionId = given.get("session_id");
    if (plan !== "success" || !sessionId) return;
    let again: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const ask = async (nth: number): Promise<void> => {
      const answer = await confirm(sessionId).catch(() => FAILED);
      if (left) return;
      const next = outcomeOf(answer);
      setShown(next);
      readAgain();
      const waitMs = next === "activating" || next === "unknown" ? AGAIN_MS[nth] : undefined;
      if (waitMs !== undefined) again = setTimeout(() => void ask(nth + 1), waitMs);
    };
    void ask(0);
    return () => {
      left = true;
      clearTimeout(again);
    };
  }, [confirm, refresh, queries]);
  return shown && subscription ? <Told shown={shown} subscription={subscription} /> : null;
}

function outcomeOf(answer: Confirmed): Shown | null {
  if ("status" in answer) return answer.status;
  return answer.code === "unavailable" || answer.code === "internal" ? "unknown" : null;
}

type ToldProps = { readonly shown: Shown; readonly subscription: SubscriptionDto };

function Told({ shown, subscription: { state } }: ToldProps) {
  const subscribed = state === "active" || state === "grandfathered";
  if (subscribed && (shown === "left" || shown === "not_completed")) return null;
  switch (subscribed ? "active" : shown) {
    case "active":
      return (
        <Banner tone="good" title="Your subscription is active.">
          Thank you. The next call and the next message are answered in full.
        </Banner>
      );
    case "activating":
      return (
        <Banner tone="good" title="Your payment has gone through.">
          Your subscription is being activated. It takes a few seconds; this page follows by itself.
        </Banner>
      );
    case "not_completed":
      return (
        <Banner tone="caution" title="The payment was not completed.">
          Your plan has not changed. You can choose it again below.
        </Banner>
      );
    case "left":
      return (
        <Banner title="Checkout was cancelled.">
          Your plan has not changed. You can choose it again below.
        </Banner>
      );
    case "unknown":
      return (
        <Banner tone="caution" title="We could not check your payment just now.">
          If you have paid, your subscription is activated by itself. There is no need to pay again.
        </Banner>
      );
  }
}
