// What the local providers must know of the demo: `npm run demo` runs this at each start, as they forget. Named on the command
// line are those that are the demo's own: somebody's own Stripe or Meta is left alone.
import { type Ctx, supportContext } from "@/lib/auth/context";
import { followClock } from "@/lib/db/database-clock";
import { closePool } from "@/lib/db/pool";
import { env } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";
import { allFinished } from "@/lib/shared/unfinished";
import { SUPPORT_USER_ID } from "./people";
import { seedSickLine } from "./seed-sick-line";
import { seedStripe } from "./seed-stripe";
import { seedWindows } from "./seed-windows";

const SEEDS = {
  whatsapp: async (ctx: Ctx) => {
    await seedWindows(ctx);
    await seedSickLine();
  },
  stripe: seedStripe,
};

try {
  if (!env().TORQUEFLOW_DEMO) throw new Error("The local providers are seeded only with TORQUEFLOW_DEMO=1.");
  await followClock();
  const ctx = supportContext(SUPPORT_USER_ID, { log: logger().child({}, { level: "warn" }) });
  const wanted = process.argv.slice(2);
  for (const [name, seed] of Object.entries(SEEDS)) if (wanted.includes(name)) await seed(ctx);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await allFinished();
  await closePool();
}
