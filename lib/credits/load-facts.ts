import type { Ctx } from "@/lib/auth/context";
import { processWide } from "@/lib/shared/process-wide";
import { cacheMark, keepFacts } from "./balance-cache";
import type { AccountFacts } from "./core/decide-gate";
import { readFacts } from "./store/facts";

/** Nobody joins a read that takes longer: it may be stuck. */
const SHARED_MS = 100;

type Read = { readonly facts: Promise<AccountFacts>; readonly mark: number; readonly beganAt: number };

const reads = processWide("facts-reads", () => new Map<string, Read>());

/**
 * What the gate must know of an account, read and kept in the cache. Who asks at once shares a read, unless an account has
 * changed since it began. Throws where there is no account, or no database.
 */
export function loadFacts(ctx: Ctx, orgId: string): Promise<AccountFacts> {
  const now = performance.now();
  const under = reads().get(orgId);
  if (under && under.mark === cacheMark() && now - under.beganAt < SHARED_MS) return under.facts;
  const own: Read = { facts: read(ctx, orgId), mark: cacheMark(), beganAt: now };
  reads().set(orgId, own);
  const forget = () => {
    if (reads().get(orgId) === own) reads().delete(orgId);
  };
  own.facts.then(forget, forget);
  return own.facts;
}

async function read(ctx: Ctx, orgId: string): Promise<AccountFacts> {
  const mark = cacheMark();
  const facts = await readFacts(orgId);
  if (!facts) throw new Error("an organisation without a credit account");
  keepFacts(orgId, facts, ctx.now().getTime(), mark);
  return facts;
}
