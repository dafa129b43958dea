import { Logger, runOnce } from "graphile-worker";
import { tasks } from "@/lib/jobs/tasks";

/** Runs every job that is due, as the worker would, and returns when none is left. */
export async function runJobs(): Promise<void> {
  const connectionString = process.env.DATABASE_URL;
  if (!connectionString) throw new Error("runJobs needs the test's own database");
  await runOnce({
    connectionString,
    taskList: tasks,
    concurrency: 4,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
  });
}
