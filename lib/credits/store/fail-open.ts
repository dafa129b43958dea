import { setTimeout } from "node:timers/promises";
import { pool } from "@/lib/db/pool";
import { processWide } from "@/lib/shared/process-wide";
import { finishBeforeExit } from "@/lib/shared/unfinished";
import type { InteractionKey } from "../interaction";

export type FailOpenRecord = InteractionKey & { readonly cause: "error" | "timeout"; readonly at: Date };

/** Beyond this many the oldest go: each was counted and logged, and its report carries the same facts. */
const MAX_PENDING = 10_000;
const RETRY_MS = 1_000;

type Waiting = { records: readonly FailOpenRecord[]; storing: Promise<void> | undefined };

const waiting = processWide("fail-open-records", (): Waiting => ({ records: [], storing: undefined }));

/** Keeps the record in memory until the database takes it: the gate failed because it may be away. */
export function recordFailOpen(record: FailOpenRecord): void {
  const kept = waiting();
  kept.records = [...kept.records, record].slice(-MAX_PENDING);
  kept.storing ??= finishBeforeExit(storeAll(kept));
}

async function storeAll(kept: Waiting): Promise<void> {
  while (kept.records.length > 0) {
    await setTimeout(RETRY_MS, undefined, { ref: false });
    await store(kept);
  }
  kept.storing = undefined;
}

async function store(kept: Waiting): Promise<void> {
  const batch = kept.records;
  try {
    await pool().query(
      `INSERT INTO fail_open (org_id, channel, provider_ref, cause, at)
       SELECT * FROM unnest($1::uuid[], $2::channel[], $3::text[], $4::text[], $5::timestamptz[]) ON CONFLICT DO NOTHING`,
      [
        batch.map((record) => record.orgId),
        batch.map((record) => record.channel),
        batch.map((record) => record.providerRef),
        batch.map((record) => record.cause),
        batch.map((record) => record.at),
      ],
    );
    const stored = new Set(batch);
    kept.records = kept.records.filter((record) => !stored.has(record));
  } catch {
    // Still away: tried again in a moment.
  }
}
