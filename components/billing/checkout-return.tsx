"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { toast } from "sonner";

const SUCCESS = "Credits purchased successfully! Your balance will update shortly.";
const CANCELLED = "Purchase cancelled.";
/** Where the confirmation itself failed, Stripe's event has come by then. */
const AGAIN_MS = 4_000;

type CheckoutReturnProps = { readonly confirm: (sessionId: string) => Promise<unknown> };

/** Back from Stripe: says how it went, has the payment credited without waiting for events, and shows the new balance. */
export function CheckoutReturn({ confirm }: CheckoutReturnProps) {
  const queries = useQueryClient();
  useEffect(() => {
    const given = new URLSearchParams(window.location.search);
    const outcome = given.get("checkout");
    if (outcome === null) return;
    // A reload, or a bookmark, says nothing again.
    window.history.replaceState(window.history.state, "", window.location.pathname);
    if (outcome === "cancelled") {
      toast(CANCELLED);
      return;
    }
    const sessionId = given.get("session_id");
    if (outcome !== "success" || !sessionId) return;
    toast.success(SUCCESS);
    const refresh = () => void queries.invalidateQueries({ queryKey: ["credits"] });
    const later = setTimeout(refresh, AGAIN_MS);
    void confirm(sessionId).then(refresh, () => {});
    return () => clearTimeout(later);
  }, [confirm, queries]);
  return null;
}
