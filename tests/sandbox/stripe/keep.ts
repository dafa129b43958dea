import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { API_VERSION } from "./events";
import { KINDS } from "./kinds";
import type { Past, Pasts } from "./past";
import type { StripeState } from "./state";

const STORES = [...KINDS, "portalConfigurations", "portalSessions"] as const;
const MAPS = ["plans", "cards", "pending"] as const;
const SETS = ["deleted", "warned"] as const;

const SAVE_MS = 2_000;

interface Kept {
  version: string;
  /** The sandbox's address, which stands in the objects. */
  url: string;
  stores: Record<string, { id: string }[]>;
  maps: Record<string, [string, unknown][]>;
  sets: Record<string, string[]>;
  /** A file of before they were kept has none. */
  pasts?: Past[];
}

const take = (state: StripeState, pasts: Pasts): Kept => ({
  version: API_VERSION ?? "",
  url: state.sandbox.url(),
  stores: Object.fromEntries(STORES.map((name) => [name, state[name].list().reverse()])),
  maps: Object.fromEntries(MAPS.map((name) => [name, [...state[name]]])),
  sets: Object.fromEntries(SETS.map((name) => [name, [...state[name]]])),
  pasts: [...pasts.values()],
});

function putBack(state: StripeState, { stores, maps, sets }: Kept): void {
  for (const name of STORES) {
    const store: { put: (object: never) => unknown } = state[name];
    for (const object of stores[name] ?? []) store.put(object as never);
  }
  for (const name of MAPS) {
    const map: { set: (key: string, value: never) => unknown } = state[name];
    for (const [key, value] of maps[name] ?? []) map.set(key, value as never);
  }
  for (const name of SETS) for (const value of sets[name] ?? []) state[name].add(value);
}

/** Reads what was kept; nothing where that is unreadable or of another version. */
function read(file: string, url: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const text = readFileSync(file, "utf8");
    const { version, url: before }: Kept = JSON.parse(text);
    return version === API_VERSION ? JSON.parse(text.replaceAll(before, url)) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps what Stripe remembers in a file, so that a demo that is started again goes on: everything but the answers by
 * idempotency key, and the pasts that a reset lays again. Written at most every two seconds, beside and renamed. Call the
 * returned function at the end.
 */
export function keepInFile(state: StripeState, pasts: Pasts, file: string): () => void {
  const kept = read(file, state.sandbox.url());
  if (kept) putBack(state, kept);
  for (const past of kept?.pasts ?? []) pasts.set(past.name, past);
  let last = "";
  const save = (): void => {
    const text = JSON.stringify(take(state, pasts));
    if (text === last) return;
    last = text;
    writeFileSync(`${file}.draft`, text, { mode: 0o600 });
    renameSync(`${file}.draft`, file);
  };
  const timer = setInterval(save, SAVE_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    save();
  };
}
