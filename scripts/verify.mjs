// `npm run verify`: the quick inner loop: format, lint, types, architecture and pure tests. No database.
// `--static` leaves the tests out, for a run that is followed by `npm test`.
import { ensureDependencies } from "./lib/dependencies.mjs";
import { loadTestEnvironment } from "./lib/environment.mjs";
import { createLog, runMain } from "./lib/log.mjs";
import { run, tools } from "./lib/run.mjs";

const log = createLog();

async function checkTypes(env) {
  const generated = await run([...tools.next(), "typegen"], { env });
  return generated.code === 0 ? run([...tools.tsc(), "--noEmit"], { env }) : generated;
}

const colors = process.stdout.isTTY ? "force" : "off";

const STEPS = {
  "format and lint": (env) => run([...tools.biome(), "ci", `--colors=${colors}`], { env }),
  types: checkTypes,
  "pure tests and architecture": (env) => run([...tools.vitest(), "run", "--project", "unit"], { env }),
};

async function timed(title, work) {
  const started = performance.now();
  const { code, output } = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code !== 0) log.say(`\n${output.trim()}\n`);
  log.say(`${code === 0 ? "ok    " : "FAILED"} ${title} (${seconds} s)`);
  return code;
}

await runMain(async () => {
  await ensureDependencies(log);
  const env = loadTestEnvironment();
  const steps = Object.entries(STEPS).filter(
    ([title]) => !(process.argv.includes("--static") && title.includes("tests")),
  );
  const codes = await Promise.all(steps.map(([title, work]) => timed(title, () => work(env))));
  return codes.some((code) => code !== 0) ? 1 : 0;
});
