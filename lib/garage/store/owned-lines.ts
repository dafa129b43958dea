import { pool, type Queryable } from "@/lib/db/pool";
import type { LineKey, OwnedLine } from "../line";

/** A line with its other identities as one. */
const LINES = `
  SELECT n.org_id AS "orgId", n.channel, n.identity,
         CASE WHEN n.channel = 'whatsapp' OR n.identity NOT LIKE '+%' THEN n.number ELSE n.identity END AS number,
         (SELECT min(a.identity) FROM channel_number AS a WHERE a.channel = n.channel AND a.alias_of = n.identity) AS "providerId",
         n.account_id AS "accountId", n.assigned_at AS "assignedAt", n.connected_at AS "connectedAt",
         (SELECT max(a.reached_at) FROM channel_number AS a
          WHERE a.channel = n.channel AND (a.identity = n.identity OR a.alias_of = n.identity)) AS "reachedAt"
  FROM channel_number AS n WHERE n.alias_of IS NULL`;

/** A garage's lines, voice first. */
export async function listOwnedLines(orgId: string, db: Queryable = pool()): Promise<OwnedLine[]> {
  const { rows } = await db.query<OwnedLine>(`${LINES} AND n.org_id = $1 ORDER BY n.channel, n.identity`, [
    orgId,
  ]);
  return rows;
}

/** Every line of every garage. */
export async function listAllLines(): Promise<OwnedLine[]> {
  const { rows } = await pool().query<OwnedLine>(`${LINES} ORDER BY n.org_id, n.channel, n.identity`);
  return rows;
}

/** One line, whosever it is, by any of its identities. */
export async function findOwnedLine(
  { channel, identity }: LineKey,
  db: Queryable = pool(),
): Promise<OwnedLine | undefined> {
  const { rows } = await db.query<OwnedLine>(
    `${LINES} AND n.channel = $1::channel AND n.identity = (
       SELECT coalesce(o.alias_of, o.identity) FROM channel_number AS o WHERE o.channel = $1::channel AND o.identity = $2)`,
    [channel, identity],
  );
  return rows[0];
}

/** Locks a line until the transaction ends: who owns it, and whether it is connected, then changes no more. */
export async function lockLine(tx: Queryable, { channel, identity }: LineKey): Promise<void> {
  await tx.query(
    `SELECT FROM channel_number WHERE channel = $1::channel AND (identity = $2 OR alias_of = $2) ORDER BY identity FOR UPDATE`,
    [channel, identity],
  );
}

/** Assigns a free identity; false where somebody has it. */
export async function insertIdentity(
  tx: Queryable,
  row: LineKey & {
    readonly orgId: string;
    readonly aliasOf: string | null;
    readonly number: string | null;
    readonly accountId: string | null;
    readonly at: Date;
  },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO channel_number (channel, identity, org_id, alias_of, number, account_id, assigned_at, connected_at)
     VALUES ($1::channel, $2, $3, $4, $5, $6, $7, NULL) ON CONFLICT (channel, identity) DO NOTHING`,
    [row.channel, row.identity, row.orgId, row.aliasOf, row.number, row.accountId, row.at],
  );
  return rowCount === 1;
}

/** Adds an identity to a line as it stands, which is held meanwhile; not one that somebody has. */
export async function insertAlias({ channel, identity }: LineKey, alias: string): Promise<void> {
  await pool().query(
    `INSERT INTO channel_number (channel, identity, org_id, alias_of, account_id, assigned_at, connected_at)
     SELECT channel, $3, org_id, identity, account_id, assigned_at, connected_at FROM channel_number
     WHERE channel = $1::channel AND identity = $2 AND alias_of IS NULL FOR UPDATE
     ON CONFLICT (channel, identity) DO NOTHING`,
    [channel, identity, alias],
  );
}

/** Gives a line with all its identities to another garage, not connected. */
export async function moveIdentities(
  tx: Queryable,
  { channel, identity }: LineKey,
  to: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE channel_number SET org_id = $3, assigned_at = $4, connected_at = NULL, reached_at = NULL
     WHERE channel = $1::channel AND (identity = $2 OR alias_of = $2)`,
    [channel, identity, to, at],
  );
}

/** Takes a line with all its identities from its garage. */
export async function deleteLine(tx: Queryable, { channel, identity }: LineKey): Promise<void> {
  await tx.query(`DELETE FROM channel_number WHERE channel = $1::channel AND identity = $2`, [
    channel,
    identity,
  ]);
}

/** Sets since when a line serves its garage (null: it does not), by whatever identity. */
export async function saveConnected(
  tx: Queryable,
  { channel, identity }: LineKey,
  connectedAt: Date | null,
): Promise<void> {
  await tx.query(
    `UPDATE channel_number SET connected_at = $3 WHERE channel = $1::channel AND (identity = $2 OR alias_of = $2)`,
    [channel, identity, connectedAt],
  );
}

/** Notes when lines were last reached; never goes back, and unknown identities are passed over. */
export async function saveReached(reached: readonly (LineKey & { readonly at: Date })[]): Promise<void> {
  await pool().query(
    `UPDATE channel_number AS n SET reached_at = given.at
     FROM unnest($1::channel[], $2::text[], $3::timestamptz[]) AS given (channel, identity, at)
     WHERE n.channel = given.channel AND n.identity = given.identity AND coalesce(n.reached_at < given.at, true)`,
    [
      reached.map(({ channel }) => channel),
      reached.map(({ identity }) => identity),
      reached.map(({ at }) => at),
    ],
  );
}

/** Whether a garage may send from this number now: it has connected it, or the service that the number belongs to. */
export async function isConnected(
  tx: Queryable,
  orgId: string,
  { channel, identity }: LineKey,
): Promise<boolean> {
  const { rows } = await tx.query<{ is: boolean }>(
    `SELECT EXISTS (SELECT FROM channel_number WHERE org_id = $1 AND channel = $2::channel AND connected_at IS NOT NULL
       AND (identity = $3 OR identity LIKE 'MG%')) AS is`,
    [orgId, channel, identity],
  );
  return rows[0]?.is ?? false;
}
