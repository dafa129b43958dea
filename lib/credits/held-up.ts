import { isLockTimeout } from "@/lib/db/sql-errors";
import { logger } from "@/lib/shared/logger";
import { processWide } from "@/lib/shared/process-wide";
import { type InTurn, inTurn } from "./lanes";

/** As long as a statement may take elsewhere. */
const PATIENCE_MS = 20_000;
/** However many accounts are locked, connections are left for the lanes and the gate. */
const FLUSHES_AT_ONCE = 4;

type OfOrganisation = { readonly orgId: string };
type Commit<Item, Answer> = (item: Item) => Promise<Answer>;

/** An organisation that is out of its lane, while items of it wait. Whatever writes them, one flush is under way at a time. */
type HeldUp = { readonly turn: InTurn; waiting: number };

const heldUp = processWide("held-up", () => new Map<string, HeldUp>());
const places = processWide("held-up-places", () => inTurn(FLUSHES_AT_ONCE));

/**
 * Flushes a lane's batch but for organisations that are held up, whose answers are promises. Where the batch meets a locked
 * account, which one is not known: all its organisations go on alone, and only the locked one waits.
 */
export async function passing<Item extends OfOrganisation, Answer>(
  items: readonly Item[],
  flush: (items: readonly Item[]) => Promise<readonly Answer[]>,
  alone: Commit<Item, Answer>,
): Promise<(Answer | Promise<Answer>)[]> {
  const free = items.filter(({ orgId }) => !heldUp().has(orgId));
  const answers = free.length > 0 ? await unlessLocked(free, flush) : undefined;
  if (!answers) return items.map(alone);
  if (free.length === items.length) return [...answers];
  const flushed = new Map(free.map((item, index) => [item, answers[index] as Answer]));
  return items.map((item) => flushed.get(item) ?? alone(item));
}

/** The flush's answers; undefined where it met a locked account. */
async function unlessLocked<Item, Answer>(
  items: readonly Item[],
  flush: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[] | undefined> {
  try {
    return await flush(items);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    logger().warn(
      { items: items.length },
      "an account is locked: the organisations of a batch settle one by one",
    );
    return undefined;
  }
}

/** A lane for each organisation that is held up; `make` makes one of what tries its flush until the account is free. */
export function ownLanes<Item extends OfOrganisation, Answer>(
  make: (patiently: InTurn) => Commit<Item, Answer>,
): Commit<Item, Answer> {
  const lanes = new WeakMap<HeldUp, Commit<Item, Answer>>();
  return async (item) => {
    const own = heldUp().get(item.orgId) ?? { turn: inTurn(), waiting: 0 };
    heldUp().set(item.orgId, own);
    own.waiting += 1;
    const commit = lanes.get(own) ?? make((flush) => patiently(() => own.turn(() => places()(flush))));
    lanes.set(own, commit);
    try {
      return await commit(item);
    } finally {
      own.waiting -= 1;
      if (own.waiting === 0) heldUp().delete(item.orgId);
    }
  };
}

/** Each attempt waits in the statement itself, for as long as a lane's flush would. */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  const since = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLockTimeout(error) || performance.now() - since > PATIENCE_MS) throw error;
    }
  }
}
