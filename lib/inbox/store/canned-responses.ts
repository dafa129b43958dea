import { pool, type Queryable } from "@/lib/db/pool";
import { PERSON, type Person } from "./people";

export type CannedResponseRow = {
  readonly id: string;
  readonly shortcut: string;
  readonly body: string;
  readonly updatedBy: Person | null;
  readonly updatedAt: Date;
};

/** An organisation's canned responses, by their shortcuts. */
export async function cannedResponsesOf(orgId: string): Promise<CannedResponseRow[]> {
  const { rows } = await pool().query<CannedResponseRow>(
    `SELECT r.id, r.shortcut, r.body, ${PERSON("r.updated_by")} AS "updatedBy", r.updated_at AS "updatedAt"
     FROM canned_response AS r WHERE r.org_id = $1 ORDER BY r.shortcut`,
    [orgId],
  );
  return rows;
}

/** Waits until nobody else changes the organisation's canned responses, and says what there are. */
export async function lockCannedResponses(
  tx: Queryable,
  orgId: string,
): Promise<readonly Pick<CannedResponseRow, "id" | "shortcut" | "body">[]> {
  await tx.query("SELECT FROM organization WHERE id = $1 FOR NO KEY UPDATE", [orgId]);
  const { rows } = await tx.query<Pick<CannedResponseRow, "id" | "shortcut" | "body">>(
    "SELECT id, shortcut, body FROM canned_response WHERE org_id = $1",
    [orgId],
  );
  return rows;
}

type Kept = {
  readonly orgId: string;
  readonly id: string;
  readonly shortcut: string;
  readonly body: string;
  readonly userId: string;
  readonly at: Date;
};

/** Makes it, or changes the one with this id. */
export async function keepCannedResponse(
  tx: Queryable,
  { orgId, id, shortcut, body, userId, at }: Kept,
): Promise<void> {
  await tx.query(
    `INSERT INTO canned_response (org_id, id, shortcut, body, updated_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (org_id, id) DO UPDATE SET shortcut = excluded.shortcut, body = excluded.body,
       updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
    [orgId, id, shortcut, body, userId, at],
  );
}

/** Says what it was; undefined where there is none. */
export async function deleteCannedResponse(
  tx: Queryable,
  orgId: string,
  id: string,
): Promise<Pick<CannedResponseRow, "shortcut" | "body"> | undefined> {
  const { rows } = await tx.query<Pick<CannedResponseRow, "shortcut" | "body">>(
    "DELETE FROM canned_response WHERE org_id = $1 AND id = $2 RETURNING shortcut, body",
    [orgId, id],
  );
  return rows[0];
}
