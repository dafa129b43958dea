import { pool } from "@/lib/db/pool";
import type { InteractionKey } from "../interaction";

export type FailOpenRecord = InteractionKey & { readonly cause: "error" | "timeout"; readonly at: Date };

/** Beyond this many the oldest go: each was counted and logged, and its report carries the same facts. */
const MAX_PENDING = 10_000;
const RETRY_MS = 1_000;

let pending: FailOpenRecord[] = [];
let retry: NodeJS.Timeout | undefined;

/** Keeps the record in memory until the database takes it: the gate failed because it may be away. */
export function recordFailOpen(record: FailOpenRecord): void {
  pending = [...pending, record].slice(-MAX_PENDING);
  schedule();
}

function schedule(): void {
  if (retry || pending.length === 0) return;
  retry = setTimeout(() => {
    void store().finally(() => {
      retry = undefined;
      schedule();
    });
  }, RETRY_MS);
  retry.unref();
}

async function store(): Promise<void> {
  const batch = pending;
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
    pending = pending.filter((record) => !stored.has(record));
  } catch {
    // Still away: tried again in a moment.
  }
}
