import type { Delivery, InboxItem, Stray } from "@/lib/inbox/core/delivery";
import { cleanJson } from "@/lib/shared/clean-json";
import { AppError } from "@/lib/shared/errors";
import { hasId, holdsTooMuch } from "./count-items";
import { readCall } from "./read-call";
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

type Gathered = {
  readonly items: InboxItem[];
  readonly strays: Stray[];
  readonly accounts: Map<string, { readonly identities: Set<string>; templatesChanged: boolean }>;
};

const OBJECT = "whatsapp_business_account";
const UNREADABLE = "unreadable";

/**
 * Reads a delivery's raw bytes: every entry, change, message, echo, call and status, each by itself. Throws invalid_input
 * for what is no JSON object with entries, payload_too_large for more than Meta would ever send, which is counted before
 * anything is read.
 */
export function parseWhatsApp(raw: Buffer, receivedAt: Date): Delivery {
  const { object, entry } = readEnvelope(raw);
  const gathered: Gathered = { items: [], strays: [], accounts: new Map() };
  for (const one of entry) {
    if (object === OBJECT) readEntry(one, receivedAt, gathered);
    else gathered.strays.push({ type: `object:${object}`, payload: one });
  }
  const { items, strays, accounts } = gathered;
  return {
    provider: "meta",
    channel: "whatsapp",
    items,
    strays,
    accounts: [...accounts].map(([accountId, { identities, templatesChanged }]) => ({
      accountId,
      identities: [...identities],
      templatesChanged,
    })),
  };
}

function readEnvelope(raw: Buffer): { object: string; entry: unknown[] } {
  const body = parseJson(raw);
  if (holdsTooMuch(body)) throw new AppError("payload_too_large", "The delivery holds too many items.");
  const parsed = envelope.safeParse(cleanJson(body));
  if (!parsed.success) throw notADelivery();
  return parsed.data;
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    throw notADelivery();
  }
}

/** Without quoting what came. */
const notADelivery = () => new AppError("invalid_input", "The body is not a webhook delivery.");

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

/** The fields that bring items; the lists of every one of them are read alike. */
const FIELDS = new Set(["messages", "smb_message_echoes", "calls"]);

/** What says that a template is another one now: its status, quality, category or words. They are read anew, not from here. */
const TEMPLATES = /^(message_)?template_/;

function noteAccount({ accountId, gathered }: Batch, field: string, identity: string | undefined): void {
  const templatesChanged = TEMPLATES.test(field);
  if (accountId === undefined || (identity === undefined && !templatesChanged)) return;
  const note = gathered.accounts.get(accountId) ?? { identities: new Set(), templatesChanged: false };
  if (identity !== undefined) note.identities.add(identity);
  note.templatesChanged ||= templatesChanged;
  gathered.accounts.set(accountId, note);
}

function readChange(field: string, given: Record<string, unknown>, batch: Batch): void {
  const value = valueShape.parse(given);
  const identity = value.metadata.phone_number_id;
  const { items, strays } = batch.gathered;
  noteAccount(batch, field, identity);
  if (TEMPLATES.test(field) && batch.accountId !== undefined) return;
  if (!FIELDS.has(field) || identity === undefined) {
    const payload = { accountId: batch.accountId, field, value: given };
    strays.push({ type: field, ...(identity !== undefined && { identity }), payload });
    return;
  }
  const address = { identity };
  const where = { identity, people: readPeople(value.contacts), receivedAt: batch.receivedAt };
  const stray = (type: string, payload: unknown): void => void strays.push({ type, identity, payload });
  for (const one of value.messages) {
    const read = hasId(one) ? readInbound(one, where) : undefined;
    if (read) items.push({ kind: "message", address, message: read.message });
    if (!read || read.unknown) stray(read ? "unknown-message-type" : UNREADABLE, one);
  }
  for (const one of value.message_echoes) {
    const message = hasId(one) ? readEcho(one, where) : undefined;
    if (message) items.push({ kind: "phone-message", address, message });
    else stray(UNREADABLE, one);
  }
  for (const one of value.calls) {
    const call = hasId(one) ? readCall(one, where) : undefined;
    if (call) items.push({ kind: "call", address, call });
    else stray("calls", one);
  }
  for (const one of value.statuses) {
    const update = hasId(one) ? readStatus(one, batch.receivedAt) : undefined;
    if (update) items.push({ kind: "status", address, update });
    else stray(field === "calls" ? "calls" : UNREADABLE, one);
  }
  for (const one of value.errors) stray("account-error", one);
}
