// `npm run bench:web`: the pages and the webhook of the built application, on the same kind of PostgreSQL as `npm run bench`.
import { ensureBuild, holdBuild } from "./lib/build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { withDurablePostgres } from "./lib/durable-postgres.mjs";
import { loadTestEnvironment } from "./lib/environment.mjs";
import { createLog, runMain } from "./lib/log.mjs";
import { endRunning, run, tools } from "./lib/run.mjs";

const log = createLog();

/** @param {Record<string, string | undefined>} env */
async function measure(env) {
  const { seedDatabase } = await import("./lib/migrate.mjs");
  await log.step("Seeding the demo's organisations", () => seedDatabase(env));
  const args = [...tools.tsx("tests/bench/web/run.ts"), ...process.argv.slice(2)];
  return (await run(args, { env, inherit: true })).code;
}

await runMain(async () => {
  process.on("SIGINT", endRunning);
  process.on("SIGTERM", endRunning);
  await ensureDependencies(log);
  await ensureChromium(log);
  await ensureBuild(loadTestEnvironment(), log);
  const release = holdBuild("`npm run bench:web`");
  try {
    return await withDurablePostgres(log, measure);
  } finally {
    release();
  }
});
