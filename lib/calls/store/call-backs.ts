import { pool, type Queryable } from "@/lib/db/pool";
import type { CallBackDetails } from "../core/read-call-back";

export type NewCallBack = CallBackDetails & {
  readonly orgId: string;
  readonly id: string;
  readonly providerCallId: string;
  readonly createdAt: Date;
};

/** One call makes one call-back, however often it is reported. */
export async function insertCallBack(db: Queryable, callBack: NewCallBack): Promise<void> {
  await db.query(
    `INSERT INTO call_back (org_id, id, provider_call_id, name, phone, phone_as_spoken, reason, source, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (org_id, provider_call_id) DO NOTHING`,
    [
      callBack.orgId,
      callBack.id,
      callBack.providerCallId,
      callBack.name,
      callBack.phone,
      callBack.phoneAsSpoken,
      callBack.reason,
      callBack.source,
      callBack.createdAt,
    ],
  );
}

export type CallBackRow = {
  readonly id: string;
  readonly providerCallId: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly phoneAsSpoken: string | null;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
};

/** Open call-backs first, oldest of them first; then those done lately. */
export async function callBacksOf(orgId: string, limit: number): Promise<CallBackRow[]> {
  const { rows } = await pool().query<CallBackRow>(
    `SELECT id, provider_call_id AS "providerCallId", name, phone, phone_as_spoken AS "phoneAsSpoken", reason,
            created_at AS "createdAt", done_at AS "doneAt"
     FROM call_back WHERE org_id = $1
     ORDER BY done_at IS NOT NULL, CASE WHEN done_at IS NULL THEN created_at END, done_at DESC LIMIT $2`,
    [orgId, limit],
  );
  return rows;
}

/** Marks a call-back done, or open again; false where there is none of this organisation's. */
export async function setCallBackDone(
  orgId: string,
  id: string,
  done: { at: Date; by: string } | null,
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE call_back SET done_at = $3, done_by = $4 WHERE org_id = $1 AND id = $2`,
    [orgId, id, done?.at ?? null, done?.by ?? null],
  );
  return rowCount === 1;
}
