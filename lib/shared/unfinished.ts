import { processWide } from "./process-wide";

const unfinished = processWide("unfinished-work", () => new Set<Promise<unknown>>());

/** Marks work that a stopping process waits for, beyond the requests and jobs it belongs to. Returns the work itself. */
export function finishBeforeExit<T>(work: Promise<T>): Promise<T> {
  unfinished().add(work);
  const done = () => unfinished().delete(work);
  work.then(done, done);
  return work;
}

/** Resolves when all work marked so far, and what it led to, has ended, well or badly. */
export async function allFinished(): Promise<void> {
  while (unfinished().size > 0) await Promise.allSettled(unfinished());
}
