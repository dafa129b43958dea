import { pool } from "@/lib/db/pool";
import type { FirstRunFacts } from "../core/first-steps";

type StoredFirstRun = Omit<FirstRunFacts, "hasTeam" | "line"> & {
  readonly hasColleague: boolean;
  readonly dismissed: boolean;
};

/** What of its first steps a garage has behind it, and whether they are wanted no more, in one round trip. */
export async function readFirstRun(orgId: string): Promise<StoredFirstRun> {
  const { rows } = await pool().query<StoredFirstRun>(
    `SELECT coalesce(o.phone, '') <> '' AS "hasPhone", (o.opening_hours IS NOT NULL OR coalesce(o.hours, '') <> '') AS "hasHours",
       EXISTS (SELECT FROM voice_persona WHERE org_id = $1) AS "hasPersona",
       (EXISTS (SELECT FROM test_call WHERE org_id = $1 AND status IN ('ringing', 'in-progress', 'ended'))
         OR EXISTS (SELECT FROM voice_call WHERE org_id = $1)) AS "hasCalled",
       (SELECT count(*) FROM member WHERE organization_id = $1) > 1 AS "hasColleague",
       EXISTS (SELECT FROM first_run_dismissal WHERE org_id = $1) AS dismissed
     FROM organization AS o WHERE o.id = $1`,
    [orgId],
  );
  const [row] = rows;
  if (!row) throw new Error("an organisation without a garage");
  return row;
}

/** Keeps that the first steps are wanted no more; who says so again changes nothing. */
export async function keepDismissal(orgId: string, userId: string, at: Date): Promise<void> {
  await pool().query(
    "INSERT INTO first_run_dismissal (org_id, user_id, at) VALUES ($1, $2, $3) ON CONFLICT (org_id) DO NOTHING",
    [orgId, userId, at],
  );
}
