import { pool, type Queryable } from "@/lib/db/pool";
import type { StripeEvent } from "../stripe/events";

export async function isKnownEvent(id: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    "SELECT FROM provider_event WHERE provider = 'stripe' AND id = $1",
    [id],
  );
  return rowCount === 1;
}

/** Those of the ids that were never received. */
export async function unknownEvents(ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM unnest($1::text[]) AS asked (id)
     WHERE NOT EXISTS (SELECT FROM provider_event AS e WHERE e.provider = 'stripe' AND e.id = asked.id)`,
    [ids],
  );
  return new Set(rows.map((row) => row.id));
}

/** Stores a delivery in the transaction of its effects. False if it was stored before: then it has had them. */
export async function keepEvent(
  tx: Queryable,
  event: StripeEvent,
  kept: { readonly orgId: string | undefined; readonly at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO provider_event (provider, id, org_id, type, payload, received_at)
     VALUES ('stripe', $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [event.id, kept.orgId ?? null, event.type, JSON.stringify(event.payload), kept.at],
  );
  return rowCount === 1;
}
