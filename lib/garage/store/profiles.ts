import { pool } from "@/lib/db/pool";
import type { GarageProfile } from "../garage-profile";

/** The garage that has connected one provider identity; undefined where none has. */
export async function readGarageByIdentity(
  channel: string,
  identity: string,
): Promise<GarageProfile | undefined> {
  const { rows } = await pool().query<GarageProfile>(
    `SELECT o.id AS "orgId", o.name, o.phone, o.portal_url AS "portalUrl"
     FROM channel_number AS n JOIN organization AS o ON o.id = n.org_id
     WHERE n.channel = $1 AND n.identity = $2 AND n.connected_at IS NOT NULL`,
    [channel, identity],
  );
  return rows[0];
}

/** A garage by its organisation. */
export async function readGarage(orgId: string): Promise<GarageProfile | undefined> {
  const { rows } = await pool().query<GarageProfile>(
    `SELECT id AS "orgId", name, phone, portal_url AS "portalUrl" FROM organization WHERE id = $1`,
    [orgId],
  );
  return rows[0];
}

export type OwnIdentities = {
  /** As the garage writes it. */
  readonly phone: string | null;
  /** E.164 numbers, and whatever else providers call its lines. */
  readonly identities: readonly string[];
};

/** A garage's own telephone, and every identity by which a provider knows one of its lines. */
export async function readOwnIdentities(orgId: string): Promise<OwnIdentities> {
  const { rows } = await pool().query<OwnIdentities>(
    `SELECT o.phone, ARRAY(SELECT identity FROM channel_number WHERE org_id = o.id) AS identities
     FROM organization AS o WHERE o.id = $1`,
    [orgId],
  );
  return rows[0] ?? { phone: null, identities: [] };
}

/** Whether an E.164 number is a line, whosever it is. */
export async function hasLine(e164: string): Promise<boolean> {
  const { rows } = await pool().query<{ found: boolean }>(
    "SELECT EXISTS (SELECT FROM channel_number WHERE identity = $1 OR number = $1) AS found",
    [e164],
  );
  return rows[0]?.found ?? false;
}

/** The garage's identity on a channel; its first, where it has several, and never a Messaging Service, which has no number. */
export async function readOwnIdentity(
  orgId: string,
  channel: "whatsapp" | "sms",
): Promise<string | undefined> {
  const { rows } = await pool().query<{ identity: string }>(
    `SELECT identity FROM channel_number
     WHERE org_id = $1 AND channel = $2 AND connected_at IS NOT NULL AND ($2 <> 'sms' OR identity LIKE '+%') ORDER BY identity LIMIT 1`,
    [orgId, channel],
  );
  return rows[0]?.identity;
}

export type VoiceIdentity = { readonly identity: string; readonly connected: boolean };

/** Every identity of a garage's voice lines: numbers, and the provider's ids of them. */
export async function readVoiceIdentities(orgId: string): Promise<VoiceIdentity[]> {
  const { rows } = await pool().query<VoiceIdentity>(
    `SELECT identity, connected_at IS NOT NULL AS connected FROM channel_number
     WHERE org_id = $1 AND channel = 'voice' ORDER BY identity`,
    [orgId],
  );
  return rows;
}

/** A telephone number that texts come to, and the garage whose it is. */
export type SmsNumber = { readonly identity: string; readonly orgId: string };

/** Every number that texts come to; not the Messaging Services, which have none. */
export async function readSmsNumbers(): Promise<SmsNumber[]> {
  const { rows } = await pool().query<SmsNumber>(
    `SELECT identity, org_id AS "orgId" FROM channel_number
     WHERE channel = 'sms' AND connected_at IS NOT NULL AND identity LIKE '+%' ORDER BY identity`,
  );
  return rows;
}
