import { pool } from "./pool";

export type ProviderEvent = {
  readonly provider: "vapi" | "meta" | "twilio";
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

/** Keeps a delivery as it came. */
export async function keepProviderEvent(event: ProviderEvent): Promise<void> {
  await pool().query(
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
}
