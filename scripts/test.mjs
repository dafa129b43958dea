// `npm test`: installs what is missing, then runs all tests on a throw-away database. Arguments go to vitest.
// The last line is always `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { dataDir, loadTestEnvironment } from "./lib/environment.mjs";
import { createLog, runMain } from "./lib/log.mjs";
import { endRunning, run, tools } from "./lib/run.mjs";

const log = createLog();

/** A file that did not load, or an error outside every test, has no test to count: it counts as one. */
function countResults(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, "utf8"));
  const isBroken = ({ status, assertionResults }) =>
    status === "failed" && !assertionResults.some((test) => test.status === "failed");
  const failed = report.numFailedTests + report.testResults.filter(isBroken).length;
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** Without a browser the other tests still run and count; each browser test then says the same. */
async function prepareBrowser(args) {
  const project = args.find((_, index) => args[index - 1] === "--project") ?? "http";
  if (
    args.some((arg) => arg.startsWith("--project=")) ? !args.includes("--project=http") : project !== "http"
  )
    return;
  await ensureChromium(log).catch((error) => log.say(error.message));
}

async function runVitest(args) {
  const results = path.join(dataDir, `test-results-${process.pid}.json`);
  mkdirSync(dataDir, { recursive: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const { code } = await run([...tools.vitest(), "run", ...reporters, ...args], {
    env: loadTestEnvironment(),
    inherit: true,
  });
  const counts = countResults(results, code);
  rmSync(results, { force: true });
  return counts;
}

async function main() {
  let counts = { passed: 0, failed: 1 };
  // Ctrl-C reaches vitest too, which ends the run in order; we stay to sweep and to count.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", endRunning);
  try {
    await ensureDependencies(log);
    await prepareBrowser(process.argv.slice(2));
    counts = await runVitest(process.argv.slice(2));
    const { sweepThrowaways } = await import("./lib/postgres/throwaway.mjs");
    await sweepThrowaways();
  } catch (error) {
    log.say(error.message);
  }
  // Steps which ran before the tests (see .ci/run) count too.
  const failed = counts.failed + Number(process.env.FAILED_STEPS ?? 0);
  log.say(`${counts.passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

await runMain(main);
