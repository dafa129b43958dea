import { clockAheadMs, mayMoveClock, setClockAhead } from "@/lib/shared/clock";
import { logger } from "@/lib/shared/logger";
import { pool } from "./pool";

/** Its payload is how far the clock is ahead, in milliseconds. */
export const CLOCK_CHANNEL = "torqueflow_clock";

/**
 * The database's own time, ahead as far as its clock was moved: one clock for every process, however wrong theirs are.
 * This process's own clock is ahead as far from then on.
 */
export async function databaseNow(): Promise<Date> {
  const { rows } = await pool().query<{ now: Date; aheadMs: bigint }>(
    `SELECT clock_timestamp() AS now, ahead_ms AS "aheadMs" FROM clock_offset`,
  );
  const [row] = rows;
  if (!row) throw new Error("the database told no time");
  setClockAhead(Number(row.aheadMs));
  return new Date(row.now.getTime() + clockAheadMs());
}

/** Puts this process's clock as far ahead as the database's; asks nothing where the clock may not be moved. */
export async function followClock(): Promise<void> {
  if (mayMoveClock()) await databaseNow();
}

/** As `followClock`, for when nobody waits for it: without the database the clock stays as it is. */
export function followClockSoon(): void {
  followClock().catch((error: unknown) => logger().warn({ err: error }, "the clock could not be read"));
}

/** What an announcement on CLOCK_CHANNEL says. */
export function hearClock(payload: string): void {
  if (/^\d+$/.test(payload)) setClockAhead(Number(payload));
}

/**
 * Puts the clock of the business forward in every process: what is due by then is swept at once. Throws where neither
 * tests nor the demo run, and for a step that does not lead forward.
 */
export async function moveClock(forwardMs: number): Promise<void> {
  if (!mayMoveClock()) throw new Error("the clock moves in tests and in the demo only");
  const { rows } = await pool().query<{ aheadMs: bigint }>(`SELECT move_clock($1) AS "aheadMs"`, [forwardMs]);
  setClockAhead(Number(rows[0]?.aheadMs));
}
