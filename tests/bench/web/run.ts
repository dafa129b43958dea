/**
 * `npm run bench:web [-- --quick | --rounds=9 | --only=voice]`: the pages and the webhooks of the built application, as ratios
 * within one run. scripts/bench-web.mjs gives it a throw-away, fully durable database with the demo's data, and a build.
 */
import { parseArgs } from "node:util";
import { env } from "@/lib/shared/env";
import { cloneDatabase } from "../clone-database";
import { goalTable, measureTable } from "../report";
import type { WebBench } from "./bench";
import { type Family, playRound, type WebRound } from "./family";
import { INBOX } from "./inbox";
import { MESSAGES } from "./messages";
import { SCRIPT_ROWS, weighPages } from "./pages";
import { READS } from "./reads";
import { openSite, type Site, startLoad, topUpsOn, type Undo } from "./site";
import { TOP_UPS } from "./top-ups";
import { VOICE } from "./voice";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
  },
});
const FAMILIES: Readonly<Record<string, Family>> = {
  reads: READS,
  voice: VOICE,
  inbox: INBOX,
  messages: MESSAGES,
  "top-ups": TOP_UPS,
};
const rounds = Math.max(5, Number(flags.rounds));
const entries = flags.quick ? 200_000 : 5_000_000;
const SMALL_ENTRIES = 10_000;
const HEAVY_SHARE = 0.2;
const WEIGHINGS = 3;
const REQUESTS = flags.quick
  ? { pages: 30, reads: 100, calls: 1_000, garages: 60 }
  : { pages: 100, reads: 300, calls: 3_000, garages: 100 };

const say = (text: string): void => console.log(text);
const number = (value: number): string => value.toLocaleString("en-GB");
const undo: Undo = [];

async function cleanUp(): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}

/** The applications run in process groups of their own: a stop signal would leave them behind. */
function stopWithParent(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
}

async function open(name: string, databaseUrl: string, size: Parameters<typeof openSite>[1]): Promise<Site> {
  say(`Opening the ${name} database with ${number(size.entries)} old entries …`);
  return openSite(databaseUrl, size, undo);
}

async function expectNoDrift({ garage }: Site): Promise<void> {
  const broken = await garage.ask("drift", {});
  if (broken.length > 0) throw new Error(`an invariant is broken: ${JSON.stringify(broken)}`);
}

/** A round to warm up, then those that count. */
async function play(family: Family, bench: WebBench): Promise<WebRound[]> {
  await playRound(family, bench, { reverse: true });
  const results: WebRound[] = [];
  for (let round = 1; round <= rounds; round++) {
    const result = await playRound(family, bench, { reverse: round % 2 === 0 });
    results.push(result);
    const figures = Object.entries(result).map(([name, value]) => `${name} ${value?.toPrecision(4)}`);
    say(`Round ${round}: ${figures.join(", ")}`);
  }
  return results;
}

async function main(): Promise<void> {
  const databaseUrl = env().DATABASE_URL;
  const smallUrl = await cloneDatabase(databaseUrl, "small");
  const small = await open("small", smallUrl, { entries: SMALL_ENTRIES, share: 1 });
  const big = await open("big", databaseUrl, { entries, share: HEAVY_SHARE });
  const bench: WebBench = {
    big,
    small,
    generator: startLoad(undo),
    openTopUps: topUpsOn(smallUrl, undo),
    ...REQUESTS,
  };

  const wanted = (name: string): boolean => flags.only === undefined || flags.only === name;
  if (wanted("pages")) say("Weighing the pages …");
  const { rounds: weighed, chunks } = await weighPages(small.url, wanted("pages") ? WEIGHINGS : 0);
  const results: WebRound[] = [...weighed];
  for (const [name, family] of Object.entries(FAMILIES))
    if (wanted(name)) results.push(...(await play(family, bench)));
  for (const site of [small, big]) await expectNoDrift(site);
  const rows = [...Object.values(FAMILIES).flatMap((family) => family.rows), ...SCRIPT_ROWS];

  say(`\n${number(entries)} entries, ${number(entries * HEAVY_SHARE)} of them one garage's, against`);
  say(
    `${number(SMALL_ENTRIES)}; ${rounds} rounds of ${bench.pages} pages, ${bench.reads} reads, ${number(bench.calls)} calls`,
  );
  say(
    `and ${bench.garages} auto top-ups twice, interleaved; fsync on; every invariant of both garages holds at the end.\n`,
  );
  say(goalTable("measured in one run", rows, results).join("\n"));
  say(`\n${measureTable("measure (ms; a second; kB; cores)", results).join("\n")}`);
  say(`\nChunks, kB gzip; "later" is not named in the page's HTML:\n${chunks.join("\n")}`);
}

stopWithParent();
try {
  await main();
} finally {
  await cleanUp();
}
