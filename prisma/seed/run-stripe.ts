// The demo's garages at the local Stripe: `npm run demo` runs this at each start, as that Stripe forgets.
import { supportContext } from "@/lib/auth/context";
import { followClock } from "@/lib/db/database-clock";
import { closePool } from "@/lib/db/pool";
import { env } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";
import { allFinished } from "@/lib/shared/unfinished";
import { SUPPORT_USER_ID } from "./people";
import { seedStripe } from "./seed-stripe";

try {
  if (!env().TORQUEFLOW_DEMO) throw new Error("The local Stripe is seeded only with TORQUEFLOW_DEMO=1.");
  await followClock();
  await seedStripe(supportContext(SUPPORT_USER_ID, { log: logger().child({}, { level: "warn" }) }));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await allFinished();
  await closePool();
}
