import { existsSync } from "node:fs";
import { Logger, parseCronItems, run } from "graphile-worker";
import { announcementsSent } from "@/lib/db/announce";
import { closePool } from "@/lib/db/pool";
import { env } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";
import { schedule, tasks } from "./tasks";

// As the web server does by itself.
if (existsSync(".env")) process.loadEnvFile(".env");

const LEVEL = { error: "error", warning: "warn", info: "debug", debug: "debug" } as const;

/** The worker process: takes jobs from PostgreSQL until it is told to stop, then finishes what it holds. */
async function main(): Promise<void> {
  const log = logger();
  const runner = await run({
    connectionString: env().DIRECT_URL ?? env().DATABASE_URL,
    taskList: tasks,
    parsedCronItems: parseCronItems(schedule),
    concurrency: 4,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message, meta) => log[LEVEL[level]]({ meta }, message)),
  });
  const stop = (): void =>
    void runner.stop().catch((error: unknown) => log.error({ err: error }, "worker did not stop cleanly"));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  log.info("worker ready");
  await runner.promise;
  await announcementsSent();
  await closePool();
}

main().catch((error: unknown) => {
  logger().error({ err: error }, "worker stopped");
  process.exitCode = 1;
});
