"use client";

import { organisationShown } from "@/components/layout/api";

const PREFIX = "torqueflow-kept:";

/** The name under which this browser keeps something of a member in the organisation that the page shows. */
export const deviceKey = (what: string, userId: string): string =>
  `${PREFIX}${what}:${organisationShown()}:${userId}`;

/** What was kept under a name; undefined where there is nothing, or nothing that can be read. */
export function readDevice(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Everybody has been signed out, or the garage was left: what is still under way on this page keeps nothing any more. */
let left = false;

/** Keeps a value across reloads. False where the browser does not let us: without storage, or when it is full. */
export function writeDevice(key: string, value: unknown): boolean {
  if (left) return false;
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Forgets what this browser keeps of a garage that its user has left. */
export function forgetGarage(orgId: string): void {
  left = true;
  forgetWhere((key) => key.includes(`:${orgId}:`));
}

/** Forgets what this browser keeps: at sign-out of everybody, and of all but `userId` when somebody else has signed in. */
export function forgetDevice(userId?: string): void {
  left = userId === undefined;
  forgetWhere((key) => !(userId && key.endsWith(`:${userId}`)));
}

function forgetWhere(isOld: (key: string) => boolean): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(PREFIX) && isOld(key)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
