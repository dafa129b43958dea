import { setTimeout } from "node:timers/promises";
import { logger } from "@/lib/shared/logger";
import { metrics } from "@/lib/shared/metrics";
import { findAbsentWorkers, freeJobsOf } from "./store/workers";

/** A living worker that lost its lock takes it again within a fraction of this. */
const GRACE_MS = 2_000;

/**
 * Frees the jobs of workers that died with them. A dead one holds no lock at two looks, two seconds apart: between them a
 * living one, just started or cut off for a moment, has taken its own. Returns how many were dead.
 */
export async function freeDeadWorkers(): Promise<number> {
  const absent = await findAbsentWorkers();
  if (absent.length === 0) return 0;
  await setTimeout(GRACE_MS);
  const stillAbsent = await findAbsentWorkers();
  const dead = absent.filter((workerId) => stillAbsent.includes(workerId));
  if (dead.length === 0) return 0;
  await freeJobsOf(dead);
  metrics().deadWorkers.inc(dead.length);
  logger().warn({ workers: dead }, "freed the jobs of workers that are gone");
  return dead.length;
}
