import { type Delivery, joinDeliveries, type Outcome } from "./delivery";

/** A delivery that waits. */
export interface Entry {
  id: number;
  /** Its place in the order; two entries swap theirs when they are to be reordered. */
  order: number;
  delivery: Delivery;
  /** By the machine's clock. */
  dueAt: number;
  attempt: number;
  /** Waits for a flush. */
  held: boolean;
  /** Waits until the next of its lane has gone. */
  letsNextGo: boolean;
  forged: boolean;
}

export interface FlushOptions {
  provider?: string | undefined;
  type?: string | undefined;
  order?: "queued" | "reversed" | undefined;
  /** All at once instead of one after the other. */
  concurrent?: boolean | undefined;
  /** How often each is delivered. */
  copies?: number | undefined;
  /** Puts WhatsApp's deliveries into as few POSTs as possible. */
  batch?: boolean | undefined;
}

export interface Flushed {
  provider: string;
  type: string;
  outcome: Outcome["kind"];
  status: number | null;
}

export const byOrder = (a: Entry, b: Entry): number => a.order - b.order;

export const isMeant = ({ delivery }: Entry, { provider, type }: FlushOptions): boolean =>
  (provider === undefined || delivery.provider === provider) &&
  (type === undefined || delivery.type === type);

/** Lets `next` go before `patient`, which then waits for nobody else. */
export function swap(patient: Entry, next: Entry): void {
  const { order } = patient;
  patient.letsNextGo = false;
  patient.order = next.order;
  next.order = order;
  patient.dueAt = Math.max(patient.dueAt, next.dueAt);
}

/** In the order, the number and the batches that a flush asks for. */
export function arrange(chosen: readonly Entry[], { order, batch, copies = 1 }: FlushOptions): Entry[] {
  const ordered = order === "reversed" ? [...chosen].reverse() : [...chosen];
  const grouped = batch ? join(ordered) : ordered;
  return grouped.flatMap((entry) => Array.from({ length: copies }, () => entry));
}

function join(entries: readonly Entry[]): Entry[] {
  const groups = new Map<string, [Entry, ...Entry[]]>();
  for (const entry of entries) {
    const key = entry.delivery.batch?.key ?? `alone:${entry.id}`;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()].map(([first, ...rest]) => ({
    ...first,
    delivery: joinDeliveries([first.delivery, ...rest.map((one) => one.delivery)]),
  }));
}
