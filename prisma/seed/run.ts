// The demo's data: `npm run demo` and the tests run this. Safe to run again, on the same day or a later one.
import { systemContext } from "@/lib/auth/context";
import { followClock } from "@/lib/db/database-clock";
import { closePool } from "@/lib/db/pool";
import { env } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";
import { allFinished } from "@/lib/shared/unfinished";
import { seedDemo } from "./seed-demo";

async function main(): Promise<void> {
  if (!env().TORQUEFLOW_DEMO) {
    console.error(
      "The demo's data brings known passwords with it: it is seeded only with TORQUEFLOW_DEMO=1.",
    );
    process.exitCode = 1;
    return;
  }
  await followClock();
  const started = performance.now();
  const quiet = logger().child({}, { level: "warn" });
  const { kind, slugs } = await seedDemo(systemContext("seed", { log: quiet }));
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(
    kind === "seeded"
      ? `Seeded ${slugs.length} organisations in ${seconds} s: ${slugs.join(", ")}`
      : "Already seeded.",
  );
}

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await allFinished();
  await closePool();
}
