// `npm run screenshots [-- <url>] [-- --play]`: pictures of a running demo (its address, else .data/demo.json) into
// docs/screenshots. `--play` first lets customers ring and write, and an owner buy packs, so that there is something to see.
// `npm run screenshots -- --mail`: of every letter, into docs/screenshots/mail; that needs no demo.
import { isDemoRunning, readDemoState } from "./lib/demo-state.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { loadEnvironment } from "./lib/environment.mjs";
import { Advice, createLog, runMain } from "./lib/log.mjs";
import { endRunning, run, tools } from "./lib/run.mjs";

await runMain(async () => {
  process.on("SIGINT", endRunning);
  await ensureDependencies(createLog());
  const args = process.argv.slice(2);
  const demo = readDemoState();
  const running = isDemoRunning(demo) ? demo : undefined;
  const url = args.find((arg) => !arg.startsWith("--")) ?? running?.url;
  if (!url && !args.includes("--mail"))
    throw new Advice("No demo is running: start `npm run demo`, or name its address.");
  const providers = running && url === running.url ? running.providersUrl : process.env.PROVIDERS_URL;
  const env = { ...loadEnvironment().env, SCREENSHOTS_URL: url ?? "", PROVIDERS_URL: providers ?? "" };
  const flags = args.filter((arg) => arg.startsWith("--"));
  return (await run([...tools.tsx("tests/screenshots/run.ts"), ...flags], { env, inherit: true })).code;
});
