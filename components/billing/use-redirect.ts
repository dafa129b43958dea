"use client";

import { useEffect, useRef, useState } from "react";
import { tellActionError } from "@/components/layout/action-error";
import { toast } from "@/components/layout/toast";

/** A server action's answer: where to go at Stripe, or why not. */
export type Redirect =
  | { readonly kind: "redirect"; readonly url: string }
  | { readonly kind: "refused"; readonly message: string };

/**
 * Leaves for Stripe once: further clicks do nothing until the browser has gone or the start has failed. `leaving` names
 * what was clicked.
 */
export function useRedirect() {
  const [leaving, setLeaving] = useState<string | null>(null);
  const busy = useRef(false);

  useEffect(() => {
    // The Back button may bring this page as it was left: still redirecting.
    const restart = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      busy.current = false;
      setLeaving(null);
    };
    window.addEventListener("pageshow", restart);
    return () => window.removeEventListener("pageshow", restart);
  }, []);

  const leave = async (by: string, ask: () => Promise<Redirect>): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setLeaving(by);
    try {
      const answer = await ask();
      if (answer.kind === "redirect") {
        window.location.assign(answer.url);
        return;
      }
      toast.error(answer.message);
    } catch (error) {
      tellActionError(error);
    }
    busy.current = false;
    setLeaving(null);
  };

  return { leave, leaving };
}
