import { EventEmitter } from "node:events";
import {
  type LogFunctionFactory,
  Logger,
  parseCronItems,
  type Runner,
  run,
  type WorkerEvents,
  type WorkerPool,
} from "graphile-worker";
import { followClock } from "@/lib/db/database-clock";
import { holdSessionLock } from "@/lib/db/session-lock";
import { env, requireSettings } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";
import { within } from "@/lib/shared/within";
import { listenToClock } from "./follow-changes";
import { freeDeadWorkers } from "./free-dead-workers";
import { serveOperations } from "./operations-server";
import { endOnUncaught, endProcess, stopOnSignal } from "./stopping";
import { presenceOf } from "./store/workers";
import { schedule, tasks } from "./tasks";

const CONCURRENCY = 4;
const POLL_MS = 1_000;
const LOOK_FOR_DEAD_MS = 30_000;
/** An answer of the model takes seconds; what is not done by then goes back into the queue. */
const JOBS_BUDGET_MS = 15_000;
const HAND_BACK_BUDGET_MS = 3_000;

/** The worker process: takes jobs from PostgreSQL until it is told to stop, then finishes what it holds. */
async function main(): Promise<void> {
  const { WORKER_LISTEN } = requireSettings();
  endOnUncaught();
  let stopping = false;
  await followClock();
  const clock = listenToClock();
  const { runner, pool } = await startRunner();
  const presence = await holdSessionLock(presenceOf(pool.id));
  const looks = lookForDeadWorkers();
  const operations = WORKER_LISTEN
    ? await serveOperations(WORKER_LISTEN, () => presence.isHeld() && !stopping)
    : undefined;
  const stopJobs = async (): Promise<void> => {
    stopping = true;
    clearInterval(looks);
    await finishJobs(runner, pool);
  };
  stopOnSignal([
    { name: "jobs", budgetMs: JOBS_BUDGET_MS + HAND_BACK_BUDGET_MS, run: stopJobs },
    { name: "clock", budgetMs: 1_000, run: async () => clock?.stop() },
    { name: "presence", budgetMs: 1_000, run: presence.release },
    { name: "operations", budgetMs: 1_000, run: async () => operations?.close() },
  ]);
  logger().info({ operations: operations?.url }, "worker ready");
  await runner.promise;
  // Without a signal the queue itself has ended: a newer version has migrated its tables.
  if (!stopping) throw new Error("the job queue ended by itself");
}

async function startRunner(): Promise<{ readonly runner: Runner; readonly pool: WorkerPool }> {
  const { DIRECT_URL, DATABASE_URL } = env();
  const events: WorkerEvents = new EventEmitter();
  let pool: WorkerPool | undefined;
  events.once("pool:create", ({ workerPool }) => {
    pool = workerPool;
  });
  const runner = await run({
    connectionString: DIRECT_URL ?? DATABASE_URL,
    taskList: tasks,
    parsedCronItems: parseCronItems(schedule),
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    // Without batches the queue ends without waiting for its last jobs to be marked as done, and they would run again.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    events,
    logger: new Logger(() => logLine),
  });
  if (!pool) throw new Error("the job queue has not started");
  return { runner, pool };
}

const LEVEL = { error: "error", warning: "warn", info: "debug", debug: "debug" } as const;

/** The queue's own lines. A failed job is logged by `runTask`, without what its error quotes. */
const logLine: ReturnType<LogFunctionFactory> = (level, message, meta) => {
  if (meta?.failure) return;
  logger()[LEVEL[level]]({ err: meta?.error }, message);
};

/** At the start and then every half a minute: another worker may have died that nobody starts again. */
function lookForDeadWorkers(): NodeJS.Timeout {
  const look = (): void => {
    freeDeadWorkers().catch((error: unknown) =>
      logger().warn({ err: error }, "could not look for dead workers"),
    );
  };
  look();
  return setInterval(look, LOOK_FOR_DEAD_MS);
}

/** Waits for the jobs under way; those that take too long go back into the queue, for another worker. */
async function finishJobs(runner: Runner, pool: WorkerPool): Promise<void> {
  const finished = await within(JOBS_BUDGET_MS, () => runner.stop());
  if (finished.kind === "late") await pool.forcefulShutdown("the worker stops");
}

main().catch((error: unknown) => {
  logger().error({ err: error }, "worker stopped");
  void endProcess(1);
});
