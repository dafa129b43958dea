import type { Queryable } from "@/lib/db/pool";

/** What stood before or after an act, as it is kept: amounts as text, so that no figure is rounded. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

export type StoredAct = {
  readonly action: string;
  readonly input: Facts;
  readonly before: Facts | null;
  readonly after: Facts | null;
};

export type NewAct = StoredAct & {
  readonly id: string;
  /** null: the platform itself. */
  readonly orgId: string | null;
  readonly actor: string;
  readonly key: string;
  readonly reason: string;
  readonly at: Date;
};

/** Until the end of the transaction nobody else acts under this key; returns the act that it names already, if any. */
export async function claimKey(
  tx: Queryable,
  orgId: string | null,
  key: string,
): Promise<StoredAct | undefined> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`audit:${orgId ?? ""}:${key}`]);
  const { rows } = await tx.query<StoredAct>(
    `SELECT action, input, before, after FROM audit_act
     WHERE (org_id = $1 OR ($1::uuid IS NULL AND org_id IS NULL)) AND key = $2`,
    [orgId, key],
  );
  return rows[0];
}

/** Writes an act's row. Its key must have been claimed in this transaction. */
export async function insertAct(tx: Queryable, act: NewAct): Promise<void> {
  await tx.query(
    `INSERT INTO audit_act (id, org_id, actor, action, key, reason, input, before, after, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [act.id, act.orgId, act.actor, act.action, act.key, act.reason, act.input, act.before, act.after, act.at],
  );
}
