/**
 * `npm run bench [-- --quick | --large | --rounds=9 | --seconds=5]`: the ledger and the gate against the least work
 * PostgreSQL can do, as ratios within one run. scripts/bench.mjs gives it a throw-away, fully durable database.
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { env } from "@/lib/shared/env";
import { type Caller, startCaller, startProcess } from "./caller-process";
import { cloneDatabase } from "./clone-database";
import { createFloor, hasPgbench } from "./floor";
import { goalTable, measureTable } from "./report";
import { type Bench, playRound } from "./rounds";
import { ELSEWHERE, type Round, rowsFor } from "./rows";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    large: { type: "boolean", default: false },
    rounds: { type: "string", default: "6" },
    seconds: { type: "string" },
  },
});
const rounds = Math.max(5, Number(flags.rounds));
const seconds = Number(flags.seconds ?? (flags.quick ? 1 : 3));
const oldRows = flags.large ? 5_000_000 : flags.quick ? 100_000 : 1_000_000;
const SMALL_ROWS = 10_000;
const ORGANISATIONS = 1_000;

const say = (text: string): void => console.log(text);

async function open(databaseUrl: string, rows: number): Promise<Caller> {
  say(`Opening ${ORGANISATIONS} organisations with ${rows.toLocaleString("en-GB")} old entries …`);
  const caller = startCaller(databaseUrl);
  await caller.ask("open", { count: ORGANISATIONS, oldRows: rows });
  return caller;
}

async function expectNoDrift(callers: readonly Caller[]): Promise<void> {
  for (const caller of callers) {
    const { checked, broken } = await caller.ask("drift", {});
    if (broken.length > 0) throw new Error(`an invariant is broken:\n${broken.join("\n")}`);
    say(`  every invariant holds for ${checked} organisations`);
  }
}

async function main(): Promise<void> {
  const databaseUrl = env().DATABASE_URL;
  const pgbench = hasPgbench();
  if (!pgbench)
    say("pgbench is not on PATH: rows against the floor are skipped, for a slower client is no floor.");
  const smallUrl = flags.large ? await cloneDatabase(databaseUrl, "small") : undefined;
  if (pgbench) await createFloor(databaseUrl);
  const small = smallUrl ? await open(smallUrl, SMALL_ROWS) : undefined;
  const caller = await open(databaseUrl, oldRows);
  const callers = small ? [caller, small] : [caller];
  const listener = startProcess("listener.ts", databaseUrl);
  await once(listener, "message");

  const bench: Bench = { databaseUrl, caller, small, pgbench, seconds };
  const pace = new Map();
  const results: Round[] = [];
  say("Warming up: processes, plans, WAL …");
  await playRound(bench, pace, false);
  await playRound(bench, pace, true);
  await expectNoDrift(callers);
  for (let round = 1; round <= rounds; round++) {
    const result = await playRound(bench, pace, round % 2 === 0);
    results.push(result);
    say(
      `Round ${round}: ${Object.entries(result)
        .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
        .join(", ")}`,
    );
    await expectNoDrift(callers);
  }
  listener.send("how often?");
  const [heard] = await once(listener, "message");
  say(
    `\n${rounds} rounds of ${seconds} s a measure, interleaved; ${oldRows.toLocaleString("en-GB")} old entries; starts stored`,
  );
  say("beforehand, in another order than they settle in; fsync on; a second process heard");
  say(`${heard} notifications; ${await caller.ask("jobs", {})} balance watches were enqueued.\n`);
  const ratios = goalTable("same-run ratio", rowsFor(oldRows), results, ELSEWHERE);
  say([...ratios, "", ...measureTable("measure (a second; p99 in ms)", results)].join("\n"));
  listener.disconnect();
  for (const each of callers) each.stop();
}

await main();
