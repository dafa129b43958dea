// `npm run bench`: the benchmarks, on a throw-away PostgreSQL that is as durable as a real one.
import { ensureDependencies } from "./lib/dependencies.mjs";
import { withDurablePostgres } from "./lib/durable-postgres.mjs";
import { createLog, runMain } from "./lib/log.mjs";
import { endRunning, run, tools } from "./lib/run.mjs";

const log = createLog();

await runMain(async () => {
  process.on("SIGINT", endRunning);
  process.on("SIGTERM", endRunning);
  await ensureDependencies(log);
  const args = [...tools.tsx("tests/bench/run.ts"), ...process.argv.slice(2)];
  return withDurablePostgres(log, async (env) => (await run(args, { env, inherit: true })).code);
});
