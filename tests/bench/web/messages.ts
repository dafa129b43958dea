import { env } from "@/lib/shared/env";
import type { WebBench } from "./bench";
import { atLeast, atMost, type Family, type WebRound } from "./family";
import { PHONE } from "./garage";
import type { Delivered } from "./message-load";

const DELIVERY = 1_000;

/** Whoever writes to a garage without credits has the canned words: nothing of it waits for a model. */
async function textsTo({ big: { url, garage }, calls: texts }: WebBench) {
  return { url, line: await garage.ask("lineWithoutCredits", {}), texts };
}

async function bringNothing(bench: WebBench): Promise<WebRound> {
  const { perSecond } = await bench.generator.ask("bringNothing", await textsTo(bench));
  return { "WhatsApp delivery that brings nothing": perSecond };
}

async function write(bench: WebBench): Promise<WebRound> {
  const target = await textsTo(bench);
  const { perSecond, busy } = await storing(bench, target.texts, () => bench.generator.ask("write", target));
  return { "WhatsApp text, degraded": perSecond, "load generator at texts": busy };
}

const deliverOf = (senders: number, name: string) => async (bench: WebBench) => {
  const target = { ...(await textsTo(bench)), ...CALLS(), texts: DELIVERY, senders };
  return figures(name, await storing(bench, DELIVERY, () => bench.generator.ask("deliver", target)));
};

async function writeAtOnce(bench: WebBench): Promise<WebRound> {
  const target = { ...(await textsTo(bench)), ...CALLS(), texts: DELIVERY };
  const delivered = await storing(bench, DELIVERY, () => bench.generator.ask("writeAtOnce", target));
  return figures(AT_ONCE, delivered);
}

const CALLS = () => ({ secret: env().VAPI_WEBHOOK_SECRET, phone: PHONE });

const figures = (name: string, { seconds, slowestCallMs }: Delivered): WebRound => ({
  [`${name}, s`]: seconds,
  [`${name}: slowest call, ms`]: slowestCallMs,
});

/** Throws unless each text is stored by the time its delivery is answered, and none twice. */
async function storing<T>({ big: { garage } }: WebBench, texts: number, work: () => Promise<T>): Promise<T> {
  const before = await garage.ask("textsWithoutCredits", {});
  const result = await work();
  const stored = (await garage.ask("textsWithoutCredits", {})) - before;
  if (stored !== texts) throw new Error(`of ${texts} texts ${stored} are stored`);
  return result;
}

const ONE = "1,000 texts of one customer in one delivery";
const MANY = "1,000 texts of 1,000 customers in one delivery";
const AT_ONCE = "1,000 deliveries of one text at once";

/** The WhatsApp webhook under load, on the database with all entries, at a garage without credits. */
export const MESSAGES: Family = {
  rows: [
    {
      title:
        "WhatsApp text that is degraded ÷ same route, delivery of that size that brings nothing, 50 connections",
      over: "WhatsApp text, degraded",
      under: "WhatsApp delivery that brings nothing",
      goal: atLeast(0.4),
    },
    ...[ONE, MANY].flatMap((name) => [
      { title: `${name}, seconds`, over: `${name}, s`, goal: atMost(5) },
      {
        title: `${name}: the slowest answer to a call meanwhile, ms`,
        over: `${name}: slowest call, ms`,
        goal: atMost(250),
      },
    ]),
    { title: `${AT_ONCE}, seconds`, over: `${AT_ONCE}, s`, goal: atMost(5) },
  ],
  steps: [bringNothing, write, deliverOf(1, ONE), deliverOf(DELIVERY, MANY), writeAtOnce],
};
