import type { Queryable } from "@/lib/db/pool";
import { toMachineTime } from "@/lib/shared/clock";
import { JOBS, type JobInput, type JobName } from "./jobs";
import { addJobs } from "./store/add-jobs";

/**
 * Adds a job within `tx`: it exists if that commits, and a worker is notified then. Without `runAt`, a time
 * of the business, it runs at once.
 * Throws where the payload is not the job's.
 */
export async function enqueue<Name extends JobName>(
  tx: Queryable,
  name: Name,
  payload: JobInput<Name>,
  options: { readonly runAt?: Date } = {},
): Promise<void> {
  await addJobs(tx, name, [JOBS[name].plan(payload)], options.runAt && toMachineTime(options.runAt));
}

/** As `enqueue`, for many jobs of one name in one round trip, in this order. */
export async function enqueueAll<Name extends JobName>(
  tx: Queryable,
  name: Name,
  payloads: readonly JobInput<Name>[],
): Promise<void> {
  if (payloads.length === 0) return;
  await addJobs(
    tx,
    name,
    payloads.map((payload) => JOBS[name].plan(payload)),
  );
}
