"use client";

import { useSyncExternalStore } from "react";

/** How this device tells, besides what the page shows. */
export type AlertKind = "notifications" | "sound";

/** What the choices are about, where they are offered. */
export const ALERTS_TEXT =
  "How you are told that a customer waits for a person, or has written in a conversation of yours.";

const CHANGED = "torqueflow:alerts-changed";
const storedAs = (kind: AlertKind): string => `torqueflow:alerts:${kind}`;

function subscribe(listener: () => void): () => void {
  addEventListener("storage", listener);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener("storage", listener);
    removeEventListener(CHANGED, listener);
  };
}

/** Off until somebody switches it on, and in a browser that keeps nothing. */
function stored(kind: AlertKind): boolean {
  try {
    return localStorage.getItem(storedAs(kind)) === "on";
  } catch {
    return false;
  }
}

/** Whether a kind of alert is switched on, on this device. Notifications need the browser's permission, too. */
export const useAlert = (kind: AlertKind): boolean =>
  useSyncExternalStore(
    subscribe,
    () => stored(kind) && (kind === "sound" || permission() === "granted"),
    () => false,
  );

/** Kept for everybody at this device. False where the browser keeps nothing. */
export function setAlert(kind: AlertKind, on: boolean): boolean {
  try {
    localStorage.setItem(storedAs(kind), on ? "on" : "off");
  } catch {
    return false;
  }
  dispatchEvent(new Event(CHANGED));
  return true;
}

/** What the browser says to notifications; "missing" where it has none, or none for this address. */
export const permission = (): NotificationPermission | "missing" =>
  "Notification" in window ? Notification.permission : "missing";
