import type { Queryable } from "@/lib/db/pool";
import type { JobName, JobPlan } from "../jobs";

/** The one place where TypeScript adds jobs; the ledger's SQL functions add `watch-balance` by themselves. */
export async function addJobs(
  tx: Queryable,
  name: JobName,
  plans: readonly JobPlan[],
  runAt?: Date,
): Promise<void> {
  await tx.query(
    `SELECT graphile_worker.add_job($1::text, payload => plan.payload, queue_name => plan.queue, max_attempts => plan.attempts,
                                    job_key => plan.key, run_at => $6::timestamptz)
     FROM unnest($2::json[], $3::text[], $4::smallint[], $5::text[]) AS plan (payload, queue, attempts, key)`,
    [
      name,
      plans.map(({ payload }) => JSON.stringify(payload)),
      plans.map(({ queue }) => queue),
      plans.map(({ attempts }) => attempts),
      plans.map(({ key }) => key),
      runAt ?? null,
    ],
  );
}
