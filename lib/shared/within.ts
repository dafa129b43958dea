export type Within<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "late" | "failed"; readonly error: Error };

/**
 * Gives `work` so many milliseconds. Never throws: what is late or fails is a value. Late work goes on, and its result
 * is dropped, so it must be safe to finish. What came in time is done, even if a busy process looks at its clock first.
 */
export async function within<T>(budgetMs: number, work: () => Promise<T> | T): Promise<Within<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Within<T>>((resolve) => {
    const giveUp = () => resolve({ kind: "late", error: new Error(`not done within ${budgetMs} ms`) });
    // An answer that lies at the socket is read after the timers, and before this.
    timer = setTimeout(() => setImmediate(giveUp), budgetMs);
  });
  const attempt = async (): Promise<Within<T>> => {
    try {
      return { kind: "done", value: await work() };
    } catch (error) {
      return { kind: "failed", error: error instanceof Error ? error : new Error(String(error)) };
    }
  };
  try {
    return await Promise.race([attempt(), late]);
  } finally {
    clearTimeout(timer);
  }
}
