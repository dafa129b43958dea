"use client";

import { useEffect } from "react";
import type { InvitationView } from "@/lib/auth/team/look-at-invitation";
import { type LookedAt, useHash, useLookedAt } from "../use-link";

/** This tab alone remembers it, while its reader signs in: an address would be in logs. */
const KEPT = "torqueflow-invitation";

function kept(): string {
  try {
    return sessionStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

function keep(token: string): void {
  try {
    sessionStorage.setItem(KEPT, token);
  } catch {
    // The reader opens the mail's link again.
  }
}

const UNKNOWN: InvitationView = { state: "unknown" };

/** The invitation that led to this page, now or before its reader signed in. Looking at it changes nothing. */
export function useInvitation(): LookedAt<InvitationView> {
  const hash = useHash();
  const token = hash === "" ? kept() : hash;
  useEffect(() => {
    if (token) keep(token);
  }, [token]);
  return useLookedAt<InvitationView>("/api/invitations/look", token, UNKNOWN);
}
