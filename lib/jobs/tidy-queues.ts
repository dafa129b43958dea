import { makeWorkerUtils } from "graphile-worker";
import { env } from "@/lib/shared/env";

/** Forgets the queues that nothing waits in: the job queue's own table keeps each name that was ever used. */
export async function tidyQueues(): Promise<void> {
  const { DIRECT_URL, DATABASE_URL } = env();
  const utils = await makeWorkerUtils({ connectionString: DIRECT_URL ?? DATABASE_URL });
  try {
    await utils.cleanup({ tasks: ["GC_JOB_QUEUES"] });
  } finally {
    await utils.release();
  }
}
