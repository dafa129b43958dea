import type { Queryable } from "@/lib/db/pool";
import { toMachineTime } from "@/lib/shared/clock";
import { JOBS, type JobInput, type JobName } from "./jobs";
import { addJob } from "./store/add-job";

/**
 * Adds a job within `tx`: it exists if that commits, and a worker hears of it then. Without `runAt`, a time
 * of the business, it runs at once.
 * Throws where the payload is not the job's.
 */
export async function enqueue<Name extends JobName>(
  tx: Queryable,
  name: Name,
  payload: JobInput<Name>,
  options: { readonly runAt?: Date } = {},
): Promise<void> {
  await addJob(tx, name, JOBS[name].plan(payload), options.runAt && toMachineTime(options.runAt));
}
