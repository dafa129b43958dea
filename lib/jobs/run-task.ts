import type { JobHelpers, Task } from "graphile-worker";
import { type Ctx, systemContext } from "@/lib/auth/context";
import { type JobName, type JobPayload, readPayload } from "@/lib/queue/jobs";
import { machineClock } from "@/lib/shared/clock";
import { inScope } from "@/lib/shared/log-scope";
import { logger } from "@/lib/shared/logger";
import { metrics } from "@/lib/shared/metrics";

/** What a job does; what it returns is for tests. */
export type Handler<Name extends JobName> = (
  ctx: Ctx,
  payload: JobPayload<Name>,
  helpers: JobHelpers,
) => Promise<unknown>;

/**
 * Wraps a handler as the worker takes it: the payload is read, every line of the log carries the job, each run is timed
 * and counted, and a failure is logged once without what it might quote. A failed run is thrown on, so that it is tried again.
 */
export function runTask<Name extends JobName>(name: Name, handler: Handler<Name>): Task {
  return (stored, helpers) => {
    const { id, attempts, max_attempts: maxAttempts } = helpers.job;
    return inScope({ job: name, jobId: id, attempt: attempts }, async () => {
      const endTimer = metrics().jobs.startTimer({ job: name });
      try {
        await handler(systemContext(name), readPayload(name, stored), helpers);
        endTimer({ outcome: "done" });
        metrics().jobLastDone.set({ job: name }, machineClock().getTime() / 1000);
      } catch (error) {
        endTimer({ outcome: "failed" });
        logger().error({ err: error, maxAttempts }, "a job failed");
        throw error;
      }
    });
  };
}
