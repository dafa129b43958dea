import { logger } from "@/lib/shared/logger";
import { processWide } from "@/lib/shared/process-wide";
import { type Within, within } from "@/lib/shared/within";
import type { PhoneLine } from "./phone-line";
import { findLines, type KnownLine, listLines } from "./store/lines";

/** Whose line was called. `unavailable`: the database did not answer in time, and the line was not known from before. */
export type Lookup =
  | { readonly kind: "found"; readonly line: PhoneLine }
  | { readonly kind: "unknown" }
  | { readonly kind: "unavailable" };

/**
 * How long an entry counts as fresh while the database answers. While it does not, entries are used however old they
 * are.
 */
const TTL_MS = 5_000;
/** After a failure the database is left alone for a moment, so that callers do not all wait for it. */
const PAUSE_MS = 1_000;
/** When an entry was loaded that a change has overtaken. */
const STALE = Number.NEGATIVE_INFINITY;

type Entry = { readonly line: PhoneLine; readonly loadedAt: number };
type Directory = {
  readonly entries: Map<string, Entry>;
  /** Reads under way: many callers of one line at once ask once. */
  readonly reads: Map<string, Promise<Within<KnownLine[]>>>;
  retryAt: number;
  /** Counts changes, so that a read which began before one does not make an entry fresh. */
  generation: number;
};

const directory = processWide(
  "voice-directory",
  (): Directory => ({ entries: new Map(), reads: new Map(), retryAt: 0, generation: 0 }),
);

/** Loads every line, so that calls are answered in full even if the database is lost right after the start. */
export async function warmDirectory(): Promise<void> {
  const kept = directory();
  const { generation } = kept;
  const known = await listLines();
  const loadedAt = generation === kept.generation ? performance.now() : STALE;
  for (const { identity, line } of known) kept.entries.set(identity, { line, loadedAt });
  logger().info({ lines: known.length }, "phone lines loaded");
}

/** After a change: this garage's lines are asked for again at their next call, and kept for when there is no answer. */
export function dropLines(orgId: string): void {
  const kept = directory();
  kept.generation += 1;
  kept.reads.clear();
  for (const [identity, { line }] of kept.entries)
    if (line.orgId === orgId) kept.entries.set(identity, { line, loadedAt: STALE });
}

/**
 * The garage behind the first of these identities that a garage has. Fresh for five seconds; beyond that the database is
 * asked, and if it does not answer within `budgetMs` the last known entry serves. Never throws.
 */
export async function findLine(identities: readonly string[], budgetMs: number): Promise<Lookup> {
  const kept = directory();
  const { entries, generation } = kept;
  const fresh = pick(identities, (entry) => performance.now() - entry.loadedAt < TTL_MS);
  if (fresh) return { kind: "found", line: fresh };
  if (identities.length === 0) return { kind: "unknown" };
  const read = await readLines(identities, budgetMs);
  if (!read) {
    const last = pick(identities, () => true);
    return last ? { kind: "found", line: last } : { kind: "unavailable" };
  }
  const loadedAt = generation === kept.generation ? performance.now() : STALE;
  for (const identity of identities) {
    const line = read.get(identity);
    if (line) entries.set(identity, { line, loadedAt });
    else entries.delete(identity);
  }
  const found = pick(identities, () => true);
  return found ? { kind: "found", line: found } : { kind: "unknown" };
}

async function readLines(
  identities: readonly string[],
  budgetMs: number,
): Promise<Map<string, PhoneLine> | undefined> {
  const kept = directory();
  const { reads } = kept;
  if (performance.now() < kept.retryAt) return undefined;
  const key = identities.join("\n");
  const reading: Promise<Within<KnownLine[]>> =
    reads.get(key) ?? within(budgetMs, () => findLines(identities)).finally(() => forget(key, reading));
  reads.set(key, reading);
  const read = await reading;
  if (read.kind === "done") return new Map(read.value.map(({ identity, line }) => [identity, line]));
  kept.retryAt = performance.now() + PAUSE_MS;
  logger().warn({ kind: read.kind }, "phone lines could not be read: the last known ones serve");
  return undefined;
}

function forget(key: string, reading: Promise<unknown>): void {
  const { reads } = directory();
  if (reads.get(key) === reading) reads.delete(key);
}

function pick(identities: readonly string[], usable: (entry: Entry) => boolean): PhoneLine | undefined {
  const { entries } = directory();
  for (const identity of identities) {
    const entry = entries.get(identity);
    if (entry && usable(entry)) return entry.line;
  }
  return undefined;
}
