import { setTimeout } from "node:timers/promises";
import { logger } from "@/lib/shared/logger";
import { processWide } from "@/lib/shared/process-wide";
import { finishBeforeExit } from "@/lib/shared/unfinished";
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

const announcing = processWide("announcements", () => ({
  pending: new Set<string>(),
  sending: undefined as Promise<void> | undefined,
}));

/**
 * Tells every process that these organisations' accounts changed. Call it after the commit: a NOTIFY inside the
 * transaction takes a cluster-wide lock. Coalesced, never awaited by a caller; a lost one is covered by the cache's TTL.
 */
export function announceChange(orgIds: Iterable<string>): void {
  for (const orgId of orgIds) announcing.pending.add(orgId);
  announcing.sending ??= finishBeforeExit(
    drain().finally(() => {
      announcing.sending = undefined;
    }),
  );
}

async function drain(): Promise<void> {
  const { pending } = announcing;
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
