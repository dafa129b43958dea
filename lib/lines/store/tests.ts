import { pool } from "@/lib/db/pool";
import type { LineKey } from "@/lib/garage/line";

export type StoredTest = LineKey & {
  readonly recipient: string;
  readonly body: string;
  readonly at: Date;
  /** Why it was not sent; null where the provider took it. */
  readonly failure: string | null;
};

/** Keeps a test message and what came of it. */
export async function insertTest(
  test: StoredTest & {
    readonly orgId: string;
    readonly id: string;
    readonly sentBy: string;
    readonly providerId: string | null;
  },
): Promise<void> {
  await pool().query(
    `INSERT INTO line_test (org_id, id, channel, identity, recipient, body, sent_by, at, provider_id, failure)
     VALUES ($1, $2, $3::channel, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[test.orgId, test.id, test.channel, test.identity, test.recipient, test.body, test.sentBy, test.at],
      ...[test.providerId, test.failure],
    ],
  );
}

/** The latest test of each of a garage's lines. */
export async function listLatestTests(orgId: string): Promise<StoredTest[]> {
  const { rows } = await pool().query<StoredTest>(
    `SELECT DISTINCT ON (channel, identity) channel, identity, recipient, body, at, failure
     FROM line_test WHERE org_id = $1 ORDER BY channel, identity, at DESC`,
    [orgId],
  );
  return rows;
}
