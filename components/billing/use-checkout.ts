"use client";

import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { tellActionError } from "@/components/layout/action-error";
import type { PackOffer, ShownPack } from "@/lib/billing/client";

/** The server's answer to Buy Now. */
export type StartCheckout = (
  shown: ShownPack,
) => Promise<
  { readonly kind: "redirect"; readonly url: string } | { readonly kind: "refused"; readonly message: string }
>;

/** Starts a checkout once: further clicks do nothing until the browser leaves for Stripe or the start fails. */
export function useCheckout(buy: StartCheckout | null) {
  const [starting, setStarting] = useState<string | null>(null);
  const busy = useRef(false);

  useEffect(() => {
    // The Back button may bring this page as it was left: still redirecting.
    const restart = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      busy.current = false;
      setStarting(null);
    };
    window.addEventListener("pageshow", restart);
    return () => window.removeEventListener("pageshow", restart);
  }, []);

  const start = async ({ id: packId, credits, pricePence }: PackOffer): Promise<void> => {
    if (!buy || busy.current) return;
    busy.current = true;
    setStarting(packId);
    try {
      const answer = await buy({ packId, credits, pricePence });
      if (answer.kind === "redirect") {
        window.location.assign(answer.url);
        return;
      }
      toast.error(answer.message);
    } catch (error) {
      tellActionError(error);
    }
    busy.current = false;
    setStarting(null);
  };

  return { start, starting };
}
