import type { Delivery, InboxItem, Stray } from "@/lib/inbox/core/delivery";
import { cleanJson } from "@/lib/shared/clean-json";
import { AppError } from "@/lib/shared/errors";
import { readEcho, readInbound } from "./read-message";
import { readPeople } from "./read-sender";
import { readStatus } from "./read-status";
import {
  change as changeShape,
  entry as entryShape,
  envelope,
  isRecord,
  value as valueShape,
} from "./shapes";

type Gathered = { readonly items: InboxItem[]; readonly strays: Stray[] };

/** Meta puts at most 1,000 updates into a batch. */
const MAX_ITEMS = 10_000;

const OBJECT = "whatsapp_business_account";
const UNREADABLE = "unreadable";

/**
 * Reads a delivery's raw bytes: every entry, change, message, echo and status, each by itself. Throws invalid_input for
 * what is no JSON object with entries, payload_too_large for more items than Meta would ever send.
 * Source: Meta, "Webhooks" (batches)
 */
export function parseWhatsApp(raw: Buffer, receivedAt: Date): Delivery {
  const { object, entry } = readEnvelope(raw);
  const gathered: Gathered = { items: [], strays: [] };
  for (const one of entry) {
    if (object === OBJECT) readEntry(one, receivedAt, gathered);
    else gathered.strays.push({ type: `object:${object}`, payload: one });
  }
  if (gathered.items.length > MAX_ITEMS) {
    throw new AppError("payload_too_large", "The delivery holds too many items.");
  }
  return { provider: "meta", channel: "whatsapp", ...gathered };
}

function readEnvelope(raw: Buffer): { object: string; entry: unknown[] } {
  try {
    const parsed = envelope.safeParse(cleanJson(JSON.parse(raw.toString("utf8"))));
    if (parsed.success) return parsed.data;
  } catch {
    // Told below, without quoting it.
  }
  throw new AppError("invalid_input", "The body is not a webhook delivery.");
}

function readEntry(given: unknown, receivedAt: Date, gathered: Gathered): void {
  const { id, changes } = entryShape.parse(given);
  if (changes.length === 0) gathered.strays.push({ type: UNREADABLE, payload: given });
  for (const one of changes) {
    const { field, value } = changeShape.parse(one);
    if (!isRecord(value)) gathered.strays.push({ type: field ?? UNREADABLE, payload: one });
    else readChange(field ?? UNREADABLE, value, { accountId: id, receivedAt, gathered });
  }
}

type Batch = {
  readonly accountId: string | undefined;
  readonly receivedAt: Date;
  readonly gathered: Gathered;
};

function readChange(field: string, given: Record<string, unknown>, batch: Batch): void {
  const value = valueShape.parse(given);
  const identity = value.metadata.phone_number_id;
  const { items, strays } = batch.gathered;
  const isKnown = field === "messages" || field === "smb_message_echoes";
  if (!isKnown || identity === undefined) {
    const payload = { accountId: batch.accountId, field, value: given };
    strays.push({ type: field, ...(identity !== undefined && { identity }), payload });
    return;
  }
  const address = { identity };
  const where = { identity, people: readPeople(value.contacts), receivedAt: batch.receivedAt };
  const stray = (type: string, payload: unknown): void => void strays.push({ type, identity, payload });
  for (const one of value.messages) {
    const read = readInbound(one, where);
    if (read) items.push({ kind: "message", address, message: read.message });
    if (!read || read.unknown) stray(read ? "unknown-message-type" : UNREADABLE, one);
  }
  for (const one of value.message_echoes) {
    const read = readEcho(one, where);
    if (read) items.push({ kind: "message", address, message: read.message });
    else stray(UNREADABLE, one);
  }
  for (const one of value.statuses) {
    const update = readStatus(one, batch.receivedAt);
    if (update) items.push({ kind: "status", address, update });
    else stray(UNREADABLE, one);
  }
  for (const one of value.errors) stray("account-error", one);
}
