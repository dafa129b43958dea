import { pool } from "./pool";

/** The database's own time: one clock for every process, however wrong theirs are. */
export async function databaseNow(): Promise<Date> {
  const { rows } = await pool().query<{ now: Date }>("SELECT clock_timestamp() AS now");
  const now = rows[0]?.now;
  if (!now) throw new Error("the database told no time");
  return now;
}
