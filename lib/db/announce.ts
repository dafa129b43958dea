import { setTimeout } from "node:timers/promises";
import { logger } from "@/lib/shared/logger";
import { pool } from "./pool";

export const ACCOUNT_CHANNEL = "torqueflow_account";

/** A NOTIFY payload holds 8,000 bytes; a uuid and its comma take 37. */
const ORGS_PER_NOTIFY = 200;

/** Sends one notification to every process that listens. */
export async function notify(channel: string, payload: string): Promise<void> {
  await pool().query("SELECT pg_notify($1, $2)", [channel, payload]);
}

/** Between two notifications: a busy second wakes every process fifty times, not a thousand. */
const PAUSE_MS = 20;

const pending = new Set<string>();
let sending: Promise<void> | undefined;

/**
 * Tells every process that these organisations' accounts changed. Call it after the commit: a NOTIFY inside the
 * transaction takes a cluster-wide lock. Coalesced, never awaited by a caller; a lost one is covered by the cache's TTL.
 */
export function announceChange(orgIds: Iterable<string>): void {
  for (const orgId of orgIds) pending.add(orgId);
  sending ??= drain().finally(() => {
    sending = undefined;
  });
}

/** Resolves when everything announced so far has been sent: for processes about to end. */
export async function announcementsSent(): Promise<void> {
  while (sending) await sending;
}

async function drain(): Promise<void> {
  while (pending.size > 0) {
    const batch = [...pending].slice(0, ORGS_PER_NOTIFY);
    for (const orgId of batch) pending.delete(orgId);
    try {
      await notify(ACCOUNT_CHANNEL, batch.join(","));
    } catch (error) {
      logger().warn({ err: error, organisations: batch.length }, "a balance announcement was lost");
    }
    if (batch.length < ORGS_PER_NOTIFY) await setTimeout(PAUSE_MS, undefined, { ref: false });
  }
}
