/** Two flushes of one process are under way at most, so that one computes while the other commits. */
export const LANES = 2;

/** An organisation always has the same lane, so that two flushes of this process never wait for one account's rows. */
export const laneOf = (orgId: string): number => Number.parseInt(orgId.slice(-4), 16) % LANES;

export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs so many pieces of work at a time, in the order in which they are given. */
export function inTurn(atOnce = 1): InTurn {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < atOnce) running += 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      const begin = waiting.shift();
      if (begin) begin();
      else running -= 1;
    }
  };
}
