import { pool } from "@/lib/db/pool";

export type TestCallStatus = "asked" | "ringing" | "in-progress" | "ended" | "failed";

export type TestCallRow = {
  readonly id: string;
  readonly number: string;
  readonly status: TestCallStatus;
  readonly createdAt: Date;
  readonly endedReason: string | null;
  readonly durationSeconds: number | null;
};

const COLUMNS = `id, number, status, created_at AS "createdAt", ended_reason AS "endedReason",
  duration_seconds AS "durationSeconds"`;

export type NewTestCall = {
  readonly orgId: string;
  readonly id: string;
  readonly userId: string;
  /** E.164. */
  readonly number: string;
  readonly line: string;
  readonly at: Date;
};

/** Keeps that a test call was asked for; false where the same wish was kept before. */
export async function insertTestCall(call: NewTestCall): Promise<boolean> {
  const { rowCount } = await pool().query(
    `INSERT INTO test_call (org_id, id, user_id, number, line, status, created_at)
     VALUES ($1, $2, $3, $4, $5, 'asked', $6) ON CONFLICT (org_id, id) DO NOTHING`,
    [call.orgId, call.id, call.userId, call.number, call.line, call.at],
  );
  return rowCount === 1;
}

/** Keeps the provider's id of a test call that it has taken. */
export async function keepTaken(orgId: string, id: string, providerCallId: string): Promise<void> {
  await pool().query(
    `UPDATE test_call SET provider_call_id = $3, status = CASE WHEN status = 'asked' THEN 'ringing' ELSE status END
     WHERE org_id = $1 AND id = $2`,
    [orgId, id, providerCallId],
  );
}

/** Keeps that the provider did not take a test call. */
export async function keepFailed(orgId: string, id: string, reason: string, at: Date): Promise<void> {
  await pool().query(
    `UPDATE test_call SET status = 'failed', ended_at = $4, ended_reason = $3
     WHERE org_id = $1 AND id = $2 AND status = 'asked'`,
    [orgId, id, reason, at],
  );
}

/** Which test call is meant: by our own id where its assistant brought it back, else by the provider's. */
export type TestCallRef = {
  readonly orgId: string;
  readonly id: string | null;
  readonly providerCallId: string;
};

const WHICH = "org_id = $1 AND (id = $2::uuid OR ($2::uuid IS NULL AND provider_call_id = $3))";

/** Moves a test call on, never back; whether anything changed. */
export async function moveTestCall(
  { orgId, id, providerCallId }: TestCallRef,
  status: "ringing" | "in-progress",
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE test_call SET status = $4, provider_call_id = $3
     WHERE ${WHICH} AND (status = 'asked' OR (status = 'ringing' AND $4 = 'in-progress'))`,
    [orgId, id, providerCallId, status],
  );
  return rowCount === 1;
}

export type TestCallEnd = {
  readonly endedAt: Date;
  readonly endedReason: string | undefined;
  readonly durationSeconds: number;
  readonly costMicroUsd: bigint;
};

/** Keeps how a test call ended and what it cost us, once; whether anything changed. */
export async function endTestCall(
  { orgId, id, providerCallId }: TestCallRef,
  end: TestCallEnd,
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE test_call SET status = 'ended', provider_call_id = $3, ended_at = $4, ended_reason = $5,
       duration_seconds = $6, cost_micro_usd = $7
     WHERE ${WHICH} AND cost_micro_usd IS NULL`,
    [orgId, id, providerCallId, end.endedAt, end.endedReason, end.durationSeconds, end.costMicroUsd],
  );
  return rowCount === 1;
}

/** A garage's test call by its own id. */
export async function findTestCall(orgId: string, id: string): Promise<TestCallRow | undefined> {
  const { rows } = await pool().query<TestCallRow>(
    `SELECT ${COLUMNS} FROM test_call WHERE org_id = $1 AND id = $2`,
    [orgId, id],
  );
  return rows[0];
}

/** A garage's latest test call. */
export async function latestTestCall(orgId: string): Promise<TestCallRow | undefined> {
  const { rows } = await pool().query<TestCallRow>(
    `SELECT ${COLUMNS} FROM test_call WHERE org_id = $1 ORDER BY created_at DESC LIMIT 1`,
    [orgId],
  );
  return rows[0];
}
