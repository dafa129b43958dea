import { env } from "@/lib/shared/env";
import { sampleJson } from "@/tests/factories/samples";
import type { WebBench } from "./bench";
import { atLeast, atMost, type Family, type WebRound } from "./family";
import { PHONE } from "./garage";

const BURST = 1_000;
/** Microcredits, of the provider's report as it was captured: a credit a cent. */
const CALL = BigInt(Math.round(costOfSample() * 1e8));

function costOfSample(): number {
  const { message } = sampleJson("vapi", "end-of-call-report.json") as { message: { cost: number } };
  return message.cost;
}

const target = ({ big: { url }, calls }: WebBench) => ({
  url,
  calls,
  secret: env().VAPI_WEBHOOK_SECRET,
  phone: PHONE,
});

async function askHealth(bench: WebBench): Promise<WebRound> {
  const { perSecond } = await bench.generator.ask("health", target(bench));
  return { health: perSecond };
}

async function sendChatter(bench: WebBench): Promise<WebRound> {
  const { perSecond, busy } = await bench.generator.ask("chatter", target(bench));
  return { "asks for nothing": perSecond, "load generator at what asks for nothing": busy };
}

/** Calls ring and are reported, all on the database with all entries. Throws unless each took its credits, once. */
async function playCalls(bench: WebBench): Promise<WebRound> {
  const { big, generator, calls } = bench;
  const rung = await generator.ask("ring", target(bench));
  const before = await big.garage.ask("balance", {});
  const reported = await generator.ask("report", target(bench));
  const taken = before - (await big.garage.ask("balance", {}));
  if (taken !== CALL * BigInt(calls)) throw new Error(`${calls} calls took ${taken} microcredits`);
  return {
    "assistant-request": rung.perSecond,
    report: reported.perSecond,
    "load generator at report": reported.busy,
  };
}

async function ringAtOnce(bench: WebBench): Promise<WebRound> {
  const { fallbacks, slowestMs } = await bench.generator.ask("burst", { ...target(bench), calls: BURST });
  return { "static fallbacks": fallbacks, "slowest at once, s": slowestMs / 1_000 };
}

/** The voice webhook under load, all of it on the database with all entries. */
export const VOICE: Family = {
  rows: [
    {
      title: "report that settles ÷ same route, message that asks for nothing, 50 connections",
      over: "report",
      under: "asks for nothing",
      goal: atLeast(0.75),
    },
    {
      title: "assistant-request ÷ the same",
      over: "assistant-request",
      under: "asks for nothing",
      goal: atLeast(0.75),
    },
    {
      title: "of 1,000 assistant-requests at once: answered by the static fallback",
      over: "static fallbacks",
      goal: atMost(0),
    },
    {
      title: "of 1,000 assistant-requests at once: the slowest answer, seconds",
      over: "slowest at once, s",
      goal: atMost(5),
    },
  ],
  steps: [askHealth, playCalls, sendChatter, ringAtOnce],
};
