import { pool } from "@/lib/db/pool";

const PRESENCE = "torqueflow-worker:";

/** The name of the lock that a living worker holds. */
export const presenceOf = (workerId: string): string => PRESENCE + workerId;

/**
 * Workers that have jobs or queues locked and do not hold their own lock. Each lock is tried for the duration of the statement;
 * a worker that takes its own at that moment waits for it.
 */
export async function findAbsentWorkers(): Promise<string[]> {
  const { rows } = await pool().query<{ workerId: string }>(
    `WITH worker AS MATERIALIZED (
       SELECT locked_by AS id FROM graphile_worker.jobs WHERE locked_by LIKE 'pool-%'
       UNION SELECT locked_by FROM graphile_worker._private_job_queues WHERE locked_by LIKE 'pool-%'
     )
     SELECT id AS "workerId" FROM worker WHERE pg_try_advisory_xact_lock(hashtextextended($1 || id, 0))`,
    [PRESENCE],
  );
  return rows.map((row) => row.workerId);
}

/** Gives up what these workers hold, so that others take it at once. Only for workers that are gone. */
export async function freeJobsOf(workerIds: readonly string[]): Promise<void> {
  await pool().query("SELECT graphile_worker.force_unlock_workers($1::text[])", [workerIds]);
}
