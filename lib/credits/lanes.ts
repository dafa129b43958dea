/** Two flushes of one process are under way at most, so that one computes while the other commits. */
export const LANES = 2;

/** An organisation always has the same lane, so that two flushes of this process never wait for one account's rows. */
export const laneOf = (orgId: string): number => Number.parseInt(orgId.slice(-4), 16) % LANES;

/** Runs one piece of work at a time, in the order in which they are given. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
