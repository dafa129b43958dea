import { closePool } from "@/lib/db/pool";
import { logger, logWritten } from "@/lib/shared/logger";
import { allFinished } from "@/lib/shared/unfinished";
import { within } from "@/lib/shared/within";

const LOG_BUDGET_MS = 2_000;

export type Step = {
  readonly name: string;
  readonly budgetMs: number;
  readonly run: () => Promise<unknown>;
};

/**
 * What every process finishes: settles, rows of checks that failed open, announcements, answers that nobody reads any
 * more.
 */
const LAST_STEPS: readonly Step[] = [
  { name: "unfinished work", budgetMs: 5_000, run: allFinished },
  { name: "the database", budgetMs: 2_000, run: closePool },
];

/**
 * Ends the process in order at SIGTERM or SIGINT: the given steps, then what every process has to finish, each within
 * its time. Exit code 0 where all was done, 1 where something had to be left. A second signal ends it at once.
 */
export function stopOnSignal(steps: readonly Step[]): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) process.exit(1);
    stopping = true;
    logger().info({ signal }, "stopping");
    void runSteps([...steps, ...LAST_STEPS]).then((left) => {
      if (left.length > 0) logger().error({ left }, "stopped, but something had to be left");
      else logger().info("stopped");
      void endProcess(left.length > 0 ? 1 : 0);
    });
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** Ends the process once its log is written. */
export async function endProcess(code: 0 | 1): Promise<never> {
  await within(LOG_BUDGET_MS, logWritten);
  return process.exit(code);
}

/** An error that nothing has caught ends the process, as it does by itself, but its lines are written first. */
export function endOnUncaught(): void {
  process.on("uncaughtException", (error) => {
    logger().error({ err: error }, "an error that nothing has caught: the process ends");
    void endProcess(1);
  });
}

/** The names of the steps that failed or were late; one that fails holds no other up. */
export async function runSteps(steps: readonly Step[]): Promise<string[]> {
  const left: string[] = [];
  for (const { name, budgetMs, run } of steps) {
    const outcome = await within(budgetMs, run);
    if (outcome.kind === "done") continue;
    left.push(name);
    logger().warn({ err: outcome.error, step: name }, "a step of stopping was not done");
  }
  return left;
}
