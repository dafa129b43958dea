import { subMonths } from "date-fns";
import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { removeFile, removeParts } from "@/lib/files/folder";
import { fileKey } from "@/lib/files/key";
import { enqueueAll } from "@/lib/queue/enqueue";
import { machineClock } from "@/lib/shared/clock";
import { env } from "@/lib/shared/env";
import { listForgotten, listOldFiles, markRemoved } from "./store/old-media";

const DAY_MS = 24 * 3_600_000;
const BATCH = 200;
const MOST_FORGOTTEN = 500;

/**
 * Removes files whose time is over, uploads that were not sent within a day, and what was never written to its end; has
 * fetched what waits without a job. The file goes first: if the process dies between, the next run finds it. For the system only.
 */
export async function removeOldMedia(ctx: Ctx): Promise<{ readonly removed: number }> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  const limits = {
    before: subMonths(now, env().MEDIA_KEPT_MONTHS),
    unsentBefore: new Date(now.getTime() - DAY_MS),
  };
  let removed = 0;
  for (;;) {
    const old = await listOldFiles(limits, BATCH);
    for (const file of old) {
      await removeFile(fileKey(file.orgId, file.fileId));
      await markRemoved(file, now);
    }
    removed += old.length;
    if (old.length < BATCH) break;
  }
  // By the machine's time: it stands in the folder.
  await removeParts(new Date(machineClock().getTime() - DAY_MS));
  const forgotten = await listForgotten(MOST_FORGOTTEN);
  await inTransaction((tx) => enqueueAll(tx, "fetch-media", forgotten));
  if (removed > 0) ctx.log.info({ removed }, "old files of messages were removed");
  return { removed };
}
