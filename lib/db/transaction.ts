import { pool, type Queryable } from "./pool";

/** Runs `work` in one READ COMMITTED transaction: committed when it returns, rolled back when it throws. */
export function inTransaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
  return between("BEGIN", work);
}

/** As `inTransaction`, for work that may find that nothing of what it wrote shall stand: `undo` leaves it with an answer. */
export async function inUndoableTransaction<T>(
  work: (tx: Queryable, undo: (answer: T) => never) => Promise<T>,
): Promise<T> {
  const undone: { readonly answer: T }[] = [];
  const undo = (answer: T): never => {
    undone.push({ answer });
    throw new Error("the transaction is undone");
  };
  return between("BEGIN", (tx) => work(tx, undo)).catch((error: unknown) => {
    if (undone[0]) return undone[0].answer;
    throw error;
  });
}

/** Runs `work` on one snapshot of the database: it sees nothing that is committed meanwhile, and locks and changes no row. */
export function inSnapshot<T>(work: (snapshot: Queryable) => Promise<T>): Promise<T> {
  return between("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
}

async function between<T>(begin: string, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
