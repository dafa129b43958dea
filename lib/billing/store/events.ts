import { pool, type Queryable } from "@/lib/db/pool";
import { keepProviderEvent } from "@/lib/db/provider-events";
import type { StripeEvent } from "../stripe/events";

/** Whether an event of Stripe's, by its id, was received before. */
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

/**
 * Stores a delivery; with effects, in their transaction. False if it was stored before: then it has had them.
 * `orgId` is whom it is about, where that is known.
 */
export async function keepEvent(
  { id, type, payload }: StripeEvent,
  { orgId, at }: { readonly orgId: string | undefined; readonly at: Date },
  tx: Queryable = pool(),
): Promise<boolean> {
  return keepProviderEvent({ provider: "stripe", id, orgId, type, payload, receivedAt: at }, tx);
}
