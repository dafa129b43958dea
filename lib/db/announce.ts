import { setTimeout } from "node:timers/promises";
import { logger } from "@/lib/shared/logger";
import { processWide } from "@/lib/shared/process-wide";
import { finishBeforeExit } from "@/lib/shared/unfinished";
import { pool } from "./pool";

export const ACCOUNT_CHANNEL = "torqueflow_account";
export const GARAGE_CHANNEL = "torqueflow_garage";

/** PostgreSQL takes payloads of less than 8,000 bytes. */
const MAX_PAYLOAD_BYTES = 7_900;
const SEPARATOR = "\n";

/** Between two round trips: a busy second wakes every process fifty times, not a thousand. */
const PAUSE_MS = 20;

type Announcing = {
  /** Channel by channel, in the order of their first saying: what is said again before it went out is said once. */
  readonly pending: Map<string, Set<string>>;
  sending: Promise<void> | undefined;
};

const announcing = processWide(
  "announcements",
  (): Announcing => ({ pending: new Map(), sending: undefined }),
);

/**
 * Tells every process that listens on this channel. Call it after the commit: a NOTIFY inside the transaction takes a
 * cluster-wide lock. The first goes out at once; what comes within 20 ms of the last round trip shares the next, whatever
 * its channel. Items are lines of less than 7,900 bytes. Never awaited by a caller: who listens must live with a lost one.
 */
export function announce(channel: string, items: Iterable<string>): void {
  const state = announcing();
  const { pending } = state;
  const gathered = pending.get(channel) ?? new Set();
  for (const item of items) gathered.add(item);
  if (gathered.size === 0) return;
  pending.set(channel, gathered);
  state.sending ??= finishBeforeExit(drain(state));
}

/** Tells every process that these organisations' accounts changed; a lost one is covered by the cache's TTL. */
export const announceChange = (orgIds: Iterable<string>): void => announce(ACCOUNT_CHANNEL, orgIds);

/** Tells every process that these garages' lines, persona or profile changed; a lost one is covered by the directories' TTL. */
export const announceGarages = (orgIds: Iterable<string>): void => announce(GARAGE_CHANNEL, orgIds);

/** What a payload says: the items that were announced together. */
export const itemsOf = (payload: string): string[] => payload.split(SEPARATOR);

async function drain(state: Announcing): Promise<void> {
  const { pending } = state;
  while (pending.size > 0) {
    const payloads = [...pending].flatMap(([channel, items]) =>
      packed(items).map((payload) => ({ channel, payload })),
    );
    pending.clear();
    try {
      await pool().query(
        "SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS n (channel, payload)",
        [payloads.map(({ channel }) => channel), payloads.map(({ payload }) => payload)],
      );
    } catch (error) {
      logger().warn({ err: error, payloads: payloads.length }, "announcements were lost");
    }
    await setTimeout(PAUSE_MS);
  }
  state.sending = undefined;
}

/** As few payloads as hold all items, in their order. */
function packed(items: Iterable<string>): string[] {
  const payloads: string[][] = [];
  let room = 0;
  for (const item of items) {
    const bytes = Buffer.byteLength(item) + SEPARATOR.length;
    if (bytes > room) {
      payloads.push([]);
      room = MAX_PAYLOAD_BYTES;
    }
    payloads.at(-1)?.push(item);
    room -= bytes;
  }
  return payloads.map((lines) => lines.join(SEPARATOR));
}
