"use client";

import { useSyncExternalStore } from "react";

const STORED_AS = "torqueflow:single-keys";
const CHANGED = "torqueflow:single-keys-changed";

function subscribe(listener: () => void): () => void {
  addEventListener("storage", listener);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener("storage", listener);
    removeEventListener(CHANGED, listener);
  };
}

/** A browser that keeps nothing leaves them on. */
function stored(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== "off";
  } catch {
    return true;
  }
}

/** Whether single letters and signs are keys on this device: who dictates, or rests a hand on them, switches them off. */
export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, stored, () => true);

export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(STORED_AS, on ? "on" : "off");
  } catch {
    return;
  }
  dispatchEvent(new Event(CHANGED));
}
