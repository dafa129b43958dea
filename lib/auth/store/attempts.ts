import { createHash } from "node:crypto";
import { pool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";

/** Counts an attempt on an account within a fixed window; returns how many there were. The address is kept as a digest. */
export async function countAttempt(email: string, now: Date, windowMs: number): Promise<number> {
  const digest = createHash("sha256").update(email.trim().toLowerCase()).digest("hex");
  const { rows } = await pool().query<{ count: number }>(
    `INSERT INTO rate_limit AS r (id, key, count, last_request) VALUES ($1, $2, 1, $3)
     ON CONFLICT (key) DO UPDATE SET
       count = CASE WHEN r.last_request < $3 - $4::bigint THEN 1 ELSE r.count + 1 END,
       last_request = CASE WHEN r.last_request < $3 - $4::bigint THEN $3 ELSE r.last_request END
     RETURNING count`,
    [newId(), `account:${digest}`, now.getTime(), windowMs],
  );
  return rows[0]?.count ?? 1;
}
