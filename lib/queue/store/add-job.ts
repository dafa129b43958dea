import type { Queryable } from "@/lib/db/pool";
import type { JobName, JobPlan } from "../jobs";

/** The one place where TypeScript adds a job; the ledger's SQL functions add `watch-balance` by themselves. */
export async function addJob(tx: Queryable, name: JobName, plan: JobPlan, runAt?: Date): Promise<void> {
  await tx.query(
    `SELECT FROM graphile_worker.add_job($1::text, payload => $2::json, queue_name => $3::text, max_attempts => $4::integer,
                                         job_key => $5::text, run_at => $6::timestamptz)`,
    [name, JSON.stringify(plan.payload), plan.queue, plan.attempts, plan.key, runAt ?? null],
  );
}
