import { env } from "@/lib/shared/env";
import { credits } from "@/lib/shared/money";
import type { Obedient } from "../caller-process";
import { spread } from "../statistics";
import { PHONE } from "./garage";
import type { LoadCommands } from "./load-process";
import { timePages } from "./page-time";
import type { WebRound } from "./rows";
import type { Site } from "./site";

export type WebBench = {
  readonly big: Site;
  readonly small: Site;
  readonly generator: Obedient<LoadCommands>;
  /** How many requests of each kind a round has. */
  readonly pages: number;
  readonly reads: number;
  readonly calls: number;
};

/** What a call of the factory costs: 12 US cents, a credit each. */
const CALL = credits(12);
const READS_AT_A_TIME = 10;

/** Reading: nothing is written meanwhile, for dead rows of today's rollup on one side alone would be measured too. */
export const playReads = (bench: WebBench, reverse: boolean): Promise<WebRound> =>
  inTurn([() => timePages(bench.big, bench.small, bench.pages), () => timeReads(bench)], reverse);

/** Under load, all of it on the database with all entries. */
export const playLoad = (bench: WebBench, reverse: boolean): Promise<WebRound> =>
  inTurn([() => askHealth(bench), () => settleCalls(bench), () => sendChatter(bench)], reverse);

/** Every measure once; in reverse order every other round. */
async function inTurn(steps: (() => Promise<WebRound>)[], reverse: boolean): Promise<WebRound> {
  let round: WebRound = {};
  for (const step of reverse ? steps.reverse() : steps) round = { ...round, ...(await step()) };
  return round;
}

/** The median of the dashboard's queries on each database, in ms, a few at a time in turns. */
async function timeReads({ big, small, reads }: WebBench): Promise<WebRound> {
  const times = { big: [] as number[], small: [] as number[] };
  for (let read = 0; read < reads; read += READS_AT_A_TIME) {
    times.big.push(...(await big.garage.ask("read", { times: READS_AT_A_TIME })));
    times.small.push(...(await small.garage.ask("read", { times: READS_AT_A_TIME })));
  }
  return {
    "dashboard queries": spread(times.big).median,
    "dashboard queries, small": spread(times.small).median,
  };
}

/** Reports of calls that rang before, on the database with all entries. Throws unless each took its credits, once. */
async function settleCalls({ big, generator, calls }: WebBench): Promise<WebRound> {
  const target = { url: big.url, secret: env().VAPI_WEBHOOK_SECRET, phone: PHONE };
  await generator.ask("ring", { ...target, calls });
  const before = await big.garage.ask("balance", {});
  const { perSecond, busy } = await generator.ask("report", target);
  const taken = before - (await big.garage.ask("balance", {}));
  if (taken !== CALL * BigInt(calls)) throw new Error(`${calls} calls took ${taken} microcredits`);
  return { webhook: perSecond, "load generator at webhook": busy };
}

async function sendChatter({ big, generator, calls }: WebBench): Promise<WebRound> {
  const target = { url: big.url, secret: env().VAPI_WEBHOOK_SECRET };
  return { chatter: (await generator.ask("chatter", { ...target, calls })).perSecond };
}

async function askHealth({ big, generator, calls }: WebBench): Promise<WebRound> {
  const { perSecond, busy } = await generator.ask("health", { url: big.url, requests: calls });
  return { health: perSecond, "load generator at health": busy };
}
