import { pool } from "@/lib/db/pool";

/** Resolves when the database answers; rejects when it does not. */
export async function pingDatabase(): Promise<void> {
  await pool().query("SELECT 1");
}
