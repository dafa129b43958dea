import { pool, type Queryable } from "./pool";

export type ProviderEvent = {
  readonly provider: "vapi" | "meta" | "twilio" | "stripe";
  /** Unique for the provider; a repeat is dropped. */
  readonly id: string;
  readonly orgId: string | undefined;
  readonly type: string;
  /** Storable JSON, see `clean-json.ts`. */
  readonly payload: Record<string, unknown>;
  readonly receivedAt: Date;
};

const MAX_ID = 300;
const MAX_TYPE = 100;

/** Keeps a delivery as it came. False if it was kept before. */
export async function keepProviderEvent(event: ProviderEvent, db: Queryable = pool()): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO provider_event (provider, id, org_id, type, payload, received_at)
     VALUES ($6, $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [
      event.id.slice(0, MAX_ID),
      event.orgId ?? null,
      event.type.slice(0, MAX_TYPE),
      JSON.stringify(event.payload),
      event.receivedAt,
      event.provider,
    ],
  );
  return rowCount === 1;
}
