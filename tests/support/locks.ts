import { pool } from "@/lib/db/pool";

/** How many sessions of this test's database wait for a lock at this moment. */
export async function waitingForLocks(): Promise<number | null> {
  const { rowCount } = await pool().query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rowCount;
}
