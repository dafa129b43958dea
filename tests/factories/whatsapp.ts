import { createHmac } from "node:crypto";
import { newId } from "@/lib/shared/ids";

export type Json = Record<string, unknown>;

/** A customer as Meta names them; null leaves a name out. */
export type Customer = { waId?: string | null; bsuid?: string | null; name?: string; username?: string };

let serial = 0;

/** Somebody whom no other test knows. */
export function someCustomer(given: Customer = {}): Customer {
  serial += 1;
  const line = String(serial).padStart(6, "0");
  return { waId: `447700${line}`, bsuid: `GB.${process.pid}${line}`, name: `Customer ${serial}`, ...given };
}

export const newWamid = (): string => `wamid.${newId()}`;

/** Unix seconds in text, as Meta writes them. */
export const metaTime = (at: Date): string => String(Math.floor(at.getTime() / 1_000));

/** One item of `messages[]`; `fields` hold what belongs to its type. */
export function metaMessage(from: Customer, type: string, fields: Json, at: Date, id = newWamid()): Json {
  return {
    ...(from.waId != null && { from: from.waId }),
    ...(from.bsuid != null && { from_user_id: from.bsuid }),
    id,
    timestamp: metaTime(at),
    type,
    ...fields,
  };
}

export const metaText = (from: Customer, body: string, at: Date, id?: string): Json =>
  metaMessage(from, "text", { text: { body } }, at, id);

export const metaContact = ({ waId, bsuid, name, username }: Customer): Json => ({
  profile: { ...(name !== undefined && { name }), ...(username !== undefined && { username }) },
  ...(waId != null && { wa_id: waId }),
  ...(bsuid != null && { user_id: bsuid }),
});

/** One item of `statuses[]`. */
export const metaStatus = (id: string, status: string, at: Date, fields: Json = {}): Json => ({
  id,
  status,
  timestamp: metaTime(at),
  ...fields,
});

export const metaFailure = (code: number): Json => ({
  errors: [{ code, title: `Error ${code}`, message: `Error ${code}`, error_data: { details: "Details." } }],
});

export const messagesChange = (phoneNumberId: string, value: Json): Json => ({
  field: "messages",
  value: {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "441134960000", phone_number_id: phoneNumberId },
    ...value,
  },
});

/** One POST of Meta's, with an entry for each list of changes. */
export const metaDelivery = (...entries: Json[][]): Json => ({
  object: "whatsapp_business_account",
  entry: entries.map((changes, index) => ({ id: `10229012934039${index}`, changes })),
});

/** The commonest delivery: messages of one person to one number. */
export const messagesFrom = (phoneNumberId: string, from: Customer, ...messages: Json[]): Json =>
  metaDelivery([messagesChange(phoneNumberId, { contacts: [metaContact(from)], messages })]);

export const statusesOf = (phoneNumberId: string, ...statuses: Json[]): Json =>
  metaDelivery([messagesChange(phoneNumberId, { statuses })]);

const metaSignature = (body: string | Buffer, secret = process.env.META_APP_SECRET ?? ""): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

/** A signed POST, as Meta sends it, of JSON or of exactly these bytes. */
export function metaPost(body: Json | string | Buffer, headers: Record<string, string> = {}): RequestInit {
  const bytes = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return {
    method: "POST",
    body: new Uint8Array(Buffer.from(bytes)),
    headers: {
      "content-type": "application/json",
      "x-hub-signature-256": metaSignature(bytes),
      ...headers,
    },
  };
}
