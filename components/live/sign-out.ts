"use client";

import { sendApi } from "@/components/layout/api";
import { forgetDevice } from "./device";

const CHANNEL = "torqueflow-sign-out";

let leaving = false;

/** To the sign-in page, which leads back here. A read that was still under way when somebody signed out leads nobody back. */
export function signInAgain(): void {
  if (leaving) return;
  location.assign(`/sign-in?next=${encodeURIComponent(`${location.pathname}${location.search}`)}`);
}

/** Ends the session, and with it every tab of this browser. Throws an ApiError where that failed. */
export async function signOut(): Promise<void> {
  leaving = true;
  try {
    await sendApi("/api/auth/sign-out");
  } catch (error) {
    leaving = false;
    throw error;
  }
  forgetDevice();
  if ("BroadcastChannel" in window) new BroadcastChannel(CHANNEL).postMessage("signed out");
  location.assign("/sign-in");
}

/** Goes to the sign-in page when another tab signs out. Returns what ends it. */
export function followSignOut(): () => void {
  if (!("BroadcastChannel" in window)) return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = signInAgain;
  return () => channel.close();
}
