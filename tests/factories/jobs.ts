import { Logger, runOnce } from "graphile-worker";
import { pool } from "@/lib/db/pool";
import { tasks } from "@/lib/jobs/tasks";

/** Runs every job that is due, as the worker would, and returns when none is left. */
export async function runJobs(): Promise<void> {
  const connectionString = process.env.DATABASE_URL;
  if (!connectionString) throw new Error("runJobs needs the test's own database");
  // One run ends as soon as none of its hands finds a job, which is so while the next of a queue still waits for its turn.
  do {
    await runOnce({
      connectionString,
      taskList: tasks,
      concurrency: 4,
      noHandleSignals: true,
      logger: new Logger(() => () => undefined),
    });
  } while (await isJobDue());
}

async function isJobDue(): Promise<boolean> {
  const { rowCount } = await pool().query(
    `SELECT FROM graphile_worker.jobs
     WHERE run_at <= now() AND attempts < max_attempts AND locked_at IS NULL LIMIT 1`,
  );
  return rowCount !== 0;
}
