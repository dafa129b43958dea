import type { Shape } from "./caller";
import type { Caller } from "./caller-process";
import { type FloorRun, runFloor } from "./floor";
import type { Measure, Round } from "./rows";

export type Bench = {
  readonly databaseUrl: string;
  readonly caller: Caller;
  /** The same application on a database with ten thousand entries, where that is compared. */
  readonly small: Caller | undefined;
  readonly pgbench: boolean;
  /** How long each timed part lasts, about. */
  readonly seconds: number;
};

/** Calls a second that a workload reached last, by which the next round is sized. */
type Pace = Map<Measure, number>;

const FIRST_CALLS = { 1: 1_000, 32: 10_000, 256: 20_000 };
const GATE_CALLS = 2_000_000;

/** One round: every measure once, each beside what it is compared with; in reverse order every other round. */
export async function playRound(bench: Bench, pace: Pace, reverse: boolean): Promise<Round> {
  const floor = (name: Measure, run: Omit<FloorRun, "seconds">) => async () => {
    if (!bench.pgbench) return {};
    const { perSecond, p99Ms } = await runFloor(bench.databaseUrl, {
      ...run,
      seconds: Math.ceil(bench.seconds),
    });
    return { [name]: perSecond, ...(run.percentiles ? { [`${name} p99`]: p99Ms } : {}) };
  };
  const settle =
    (name: Measure, caller: Caller | undefined, shape: Shape, callers: 1 | 32 | 256) => async () => {
      if (!caller) return {};
      const rate = pace.get(name);
      await caller.ask("storeStarts", {
        shape,
        count: rate ? Math.ceil(rate * bench.seconds) : FIRST_CALLS[callers],
      });
      const { perSecond, p99Ms } = await caller.ask("settle", { callers });
      pace.set(name, perSecond);
      return { [name]: perSecond, [`${name} p99`]: p99Ms };
    };
  const gate = async () => ({
    "gate from cache": 1e9 / (await bench.caller.ask("gate", { calls: GATE_CALLS })),
  });

  const steps: (() => Promise<Round>)[] = [
    floor("floor hot 1", { script: "hot", clients: 1, over: "socket" }),
    settle("settle one", bench.caller, "hot", 1),
    settle("settle hot 32", bench.caller, "hot", 32),
    floor("floor hot 32", { script: "hot", clients: 32, over: "socket", percentiles: true }),
    settle("settle hot 256", bench.caller, "hot", 256),
    settle("settle hot 256 small", bench.small, "hot", 256),
    settle("settle uni 256 small", bench.small, "uniform", 256),
    settle("settle uni 256", bench.caller, "uniform", 256),
    floor("floor uni 32", { script: "uniform", clients: 32, over: "socket" }),
    floor("select over TCP", { script: "select", clients: 1, over: "tcp" }),
    gate,
  ];
  let round: Round = {};
  for (const step of reverse ? steps.reverse() : steps) round = { ...round, ...(await step()) };
  return round;
}
