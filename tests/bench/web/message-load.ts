import { setTimeout as wait } from "node:timers/promises";
import { newId } from "@/lib/shared/ids";
import { boundSample } from "@/tests/factories/samples";
import type { Json } from "@/tests/factories/vapi";
import {
  type Customer,
  messagesChange,
  metaContact,
  metaDelivery,
  metaPost,
  metaText,
  someCustomer,
} from "@/tests/factories/whatsapp";
import { type Load, load, type Sent } from "./http-load";

/** `line`: WhatsApp's id of the number that is written to. */
type Texts = { readonly url: string; readonly line: string; readonly texts: number };
/** Calls that ring meanwhile, one after the other. */
type Calls = { readonly secret: string; readonly phone: string };

/** `seconds` until all was answered; the slowest answer to a call meanwhile, of so many. */
export type Delivered = {
  readonly seconds: number;
  readonly slowestCallMs: number;
  readonly calls: number;
};

const CONNECTIONS = 50;
/** A call rings this long after the last one was answered. */
const BETWEEN_CALLS_MS = 10;

/** What Meta sends. */
export const messageCommands = {
  /** So many customers write for the first time, each in a delivery of its own. */
  write: (args: Texts): Promise<Load> => load(lonely(args), CONNECTIONS),
  /** As many deliveries of the same size that bring nothing: the route reads, verifies and parses them, and answers. */
  bringNothing: ({ url, line, texts }: Texts): Promise<Load> =>
    load(
      people(texts).map((from) => toMeta(url, bringing(line, [from], { messages: [], note: textOf(from) }))),
      CONNECTIONS,
    ),
  /** One delivery with all texts, of one customer or of as many. */
  deliver: ({ senders, ...args }: Texts & Calls & { senders: number }): Promise<Delivered> => {
    const from = people(senders);
    const messages = Array.from({ length: args.texts }, (_, nth) => textOf(from[nth % senders] ?? {}));
    return amongCalls(args, () => load([toMeta(args.url, bringing(args.line, from, { messages }))], 1));
  },
  /** As many deliveries, each of one text, that arrive at once. */
  writeAtOnce: (args: Texts & Calls): Promise<Delivered> =>
    amongCalls(args, () => load(lonely(args), args.texts)),
};

const people = (count: number): Customer[] => Array.from({ length: count }, () => someCustomer());

const textOf = (from: Customer): Json => metaText(from, "Is my car ready yet?", new Date());

const bringing = (line: string, from: readonly Customer[], value: Json): Json =>
  metaDelivery([messagesChange(line, { contacts: from.map(metaContact), ...value })]);

const lonely = ({ url, line, texts }: Texts): Sent[] =>
  people(texts).map((from) => toMeta(url, bringing(line, [from], { messages: [textOf(from)] })));

function toMeta(url: string, delivery: Json): Sent {
  const body = JSON.stringify(delivery);
  const headers = metaPost(body).headers as Record<string, string>;
  return { url: `${url}/api/webhooks/whatsapp`, headers, body };
}

async function amongCalls(
  { url, secret, phone }: { url: string } & Calls,
  work: () => Promise<unknown>,
): Promise<Delivered> {
  let isOver = false;
  const began = performance.now();
  const delivered = work().then(() => {
    isOver = true;
    return (performance.now() - began) / 1_000;
  });
  let slowestCallMs = 0;
  let calls = 0;
  while (!isOver) {
    const body = JSON.stringify(boundSample("assistant-request.json", { callId: newId(), number: phone }));
    const headers = { "content-type": "application/json", "x-vapi-secret": secret };
    const { slowestMs } = await load([{ url: `${url}/api/webhooks/voice`, headers, body }], 1);
    slowestCallMs = Math.max(slowestCallMs, slowestMs);
    calls += 1;
    await wait(BETWEEN_CALLS_MS);
  }
  return { seconds: await delivered, slowestCallMs, calls };
}
