import { isRecord } from "./shapes";

/** Meta puts at most 1,000 updates into a batch. Source: Meta, "Webhooks" (batches) */
const MAX_READABLE = 2_000;
/** With what cannot be read, and is only kept. */
const MAX_ANYTHING = 20_000;

/** The lists of a change that hold items. */
const LISTS = ["messages", "message_echoes", "calls", "statuses"] as const;

/** Whether something may be an item at all: each has an id of its own. */
export const hasId = (one: unknown): boolean => isRecord(one) && one.id !== undefined && one.id !== null;

/** Whether a delivery holds more than Meta would ever send. Counted without reading any of it. */
export function holdsTooMuch(body: unknown): boolean {
  const entries = listOf(body, "entry");
  const changes = entries.flatMap((entry) => listOf(entry, "changes"));
  if (entries.length + changes.length > MAX_READABLE) return true;
  const values = changes.map((change) => (isRecord(change) ? change.value : undefined));
  const items = values.flatMap((value) => LISTS.flatMap((list) => listOf(value, list)));
  const people = values.flatMap((value) => listOf(value, "contacts"));
  const errors = values.flatMap((value) => listOf(value, "errors"));
  return (
    items.filter(hasId).length > MAX_READABLE ||
    people.length > MAX_READABLE ||
    items.length + errors.length > MAX_ANYTHING
  );
}

function listOf(owner: unknown, name: string): readonly unknown[] {
  const list = isRecord(owner) ? owner[name] : undefined;
  return Array.isArray(list) ? list : [];
}
