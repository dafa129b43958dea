"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { toast } from "@/components/layout/toast";
import type { OrderStatus } from "@/lib/billing/client";
import { AUTO_TOP_UP_ID } from "./card-ids";

const SUCCESS = "Credits purchased successfully! Your balance will update shortly.";
const PENDING = "Your payment is pending. Your credits are added as soon as your bank confirms it.";
const CANCELLED = "Purchase cancelled.";
const NOT_CONFIRMED = "The payment was not confirmed. Nothing was charged.";
/** Where the confirmation itself failed, Stripe's event has come by then. */
const AGAIN_MS = 4_000;

/** What the server knows of the order: its status; a refusal, where it is no order of this organisation, or we failed. */
type Confirmed = { readonly status: OrderStatus } | { readonly kind: "refused"; readonly code: string };

type CheckoutReturnProps = { readonly confirm: (sessionId: string) => Promise<Confirmed> };

/** Back from Stripe: has the payment credited without waiting for events, shows the new balance, and says how it went. */
export function CheckoutReturn({ confirm }: CheckoutReturnProps) {
  const queries = useQueryClient();
  useEffect(() => {
    const given = new URLSearchParams(window.location.search);
    const outcome = given.get("checkout");
    if (outcome === null) return;
    // So that a reload, or a bookmark, does not show the outcome again.
    const { pathname, hash } = window.location;
    window.history.replaceState(window.history.state, "", pathname + hash);
    if (outcome === "cancelled") {
      toast(hash === `#${AUTO_TOP_UP_ID}` ? NOT_CONFIRMED : CANCELLED, ABOUT_MONEY);
      return;
    }
    const sessionId = given.get("session_id");
    if (outcome !== "success" || !sessionId) return;
    const refresh = () => void queries.invalidateQueries({ queryKey: ["credits"] });
    const ask = async (): Promise<boolean> => {
      const answer = await confirm(sessionId).catch(() => FAILED);
      tell(answer);
      refresh();
      return !hasFailed(answer);
    };
    let again: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    void ask().then((answered) => {
      if (!left) again = setTimeout(answered ? refresh : () => void ask(), AGAIN_MS);
    });
    return () => {
      left = true;
      clearTimeout(again);
    };
  }, [confirm, queries]);
  return null;
}

const FAILED = { kind: "refused", code: "unavailable" } as const;

const hasFailed = (answer: Confirmed): boolean =>
  "code" in answer && (answer.code === "unavailable" || answer.code === "internal");

/** Whoever comes back from another page looks for their place first. */
const ABOUT_MONEY = { duration: 10_000 };

/** Shows only what the server knows: the address proves nothing. */
function tell(answer: Confirmed): void {
  if (!("status" in answer)) return;
  if (answer.status === "paid") toast.success(SUCCESS, ABOUT_MONEY);
  if (answer.status === "processing") toast(PENDING, ABOUT_MONEY);
}
