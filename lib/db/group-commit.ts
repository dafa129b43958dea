import { setImmediate as nextTurn } from "node:timers/promises";
import { finishBeforeExit } from "@/lib/shared/unfinished";

type Waiting<Item, Outcome> = {
  readonly item: Item;
  readonly resolve: (outcome: Outcome | Promise<Outcome>) => void;
  readonly reject: (error: unknown) => void;
};

export type GroupCommit<Item, Outcome> = {
  /** Commits every item; outcomes are in the order of `items`. The next flush does not wait for one that is a promise. */
  readonly flush: (items: readonly Item[]) => Promise<readonly (Outcome | Promise<Outcome>)[]>;
  /** Items that share a key never share a flush: the later one goes into a later flush. */
  readonly keysOf: (item: Item) => readonly string[];
  /** True where one item may have failed the whole batch, so that the others are worth trying without it. */
  readonly isRefusedInput: (error: unknown) => boolean;
  readonly maxBatch: number;
};

/**
 * Group commit: what arrives while a flush is in flight goes into the next one. There is no timer. Callers are answered
 * after their commit only; if a batch fails, it is halved until the bad item stands alone and harms nobody else. A stopping
 * process waits for what is queued.
 */
export function groupCommit<Item, Outcome>(
  options: GroupCommit<Item, Outcome>,
): (item: Item) => Promise<Outcome> {
  let queue: Waiting<Item, Outcome>[] = [];
  let flushing = false;

  const settle = async (batch: readonly Waiting<Item, Outcome>[]): Promise<void> => {
    try {
      const outcomes = await options.flush(batch.map((waiting) => waiting.item));
      batch.forEach((waiting, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) waiting.reject(new Error("a flush left an item without an outcome"));
        else waiting.resolve(outcome);
      });
    } catch (error) {
      if (batch.length === 1 || !options.isRefusedInput(error))
        for (const waiting of batch) waiting.reject(error);
      else {
        const half = Math.ceil(batch.length / 2);
        await settle(batch.slice(0, half));
        await settle(batch.slice(half));
      }
    }
  };

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      // Callers who arrive together go together, also those who come back with the last flush's answers.
      await nextTurn();
      const [batch, rest] = takeBatch(queue, options);
      queue = rest;
      await settle(batch);
    }
    flushing = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (flushing) return;
      flushing = true;
      void finishBeforeExit(drain());
    });
}

/** The first items that share no key, up to a full batch; the rest keeps its order. */
function takeBatch<Item, Outcome>(
  queue: readonly Waiting<Item, Outcome>[],
  { keysOf, maxBatch }: GroupCommit<Item, Outcome>,
): [Waiting<Item, Outcome>[], Waiting<Item, Outcome>[]] {
  const keys = new Set<string>();
  const batch: Waiting<Item, Outcome>[] = [];
  const later: Waiting<Item, Outcome>[] = [];
  let seen = 0;
  for (const waiting of queue) {
    if (batch.length === maxBatch) break;
    seen += 1;
    const own = keysOf(waiting.item);
    (own.some((key) => keys.has(key)) ? later : batch).push(waiting);
    for (const key of own) keys.add(key);
  }
  return [batch, later.concat(queue.slice(seen))];
}
