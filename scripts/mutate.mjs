// `npm run mutate -- <file>…`: changes the file in every way that Stryker knows, and says which changes no pure test notices.
// `npm run mutate -- --patches [name…]`: applies each hand-written change of tests/mutations in a scratch copy, runs the tests
// that it names, and says whether one of them failed. On demand: neither is part of `npm test`.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { dataDir, fromRoot, loadTestEnvironment, root } from "./lib/environment.mjs";
import { Advice, createLog, runMain } from "./lib/log.mjs";
import { endRunning, run } from "./lib/run.mjs";

const log = createLog();
const PATCHES = fromRoot("tests", "mutations");

async function git(args, cwd = root) {
  const { code, output } = await run(args, { command: "git", cwd });
  if (code !== 0) throw new Advice(`git ${args[0]} failed in ${cwd}:\n${output}`);
  return output;
}

/** The tests that a patch names in its first lines, `tests: <file> …`. */
function readPatch(file) {
  const text = readFileSync(file, "utf8");
  const tests = [...text.matchAll(/^tests: (.+)$/gm)].flatMap(([, names]) => names.trim().split(/\s+/));
  if (tests.length === 0) throw new Advice(`${file} names no tests.`);
  return { name: path.basename(file, ".patch"), file, text, tests };
}

/** A copy of what git knows, a repository of its own, so that patches apply there; packages and Prisma's client are shared. */
async function scratchCopy() {
  const copy = path.join(dataDir, "mutations");
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  await git(["checkout-index", "--all", "--force", `--prefix=${copy}/`]);
  symlinkSync(fromRoot("node_modules"), path.join(copy, "node_modules"));
  symlinkSync(fromRoot("prisma", "generated"), path.join(copy, "prisma", "generated"));
  await git(["init", "--quiet"], copy);
  return copy;
}

/** The database is made by migrations: functions that a patch changed go into a last one. */
function writeMutatedFunctions(copy, text) {
  const changed = [...text.matchAll(/^\+\+\+ b\/(prisma\/functions\/\S+\.sql)$/gm)].map(([, file]) => file);
  const folder = path.join(copy, "prisma", "migrations", "29990101000000_mutation");
  rmSync(folder, { recursive: true, force: true });
  if (changed.length === 0) return;
  mkdirSync(folder);
  const bodies = changed.map((file) => readFileSync(path.join(copy, file), "utf8"));
  writeFileSync(path.join(folder, "migration.sql"), `-- A mutation.\n${bodies.join("\n")}`);
}

async function doTestsPass(copy, tests) {
  const vitest = path.join(copy, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--bail=1", ...tests];
  const { code, output } = await run(args, { cwd: copy, env: loadTestEnvironment() });
  if (/No test files found/.test(output)) throw new Advice(`No such tests: ${tests.join(" ")}`);
  return { pass: code === 0, output };
}

/** What became of a patch. One that no longer applies is reported, and does not stop the others. */
async function tryPatch(copy, { file, text, tests }) {
  const { code } = await run(["apply", file], { command: "git", cwd: copy });
  if (code !== 0) return "STALE";
  try {
    writeMutatedFunctions(copy, text);
    return (await doTestsPass(copy, tests)).pass ? "NOT NOTICED" : "noticed";
  } finally {
    await git(["apply", "--reverse", file], copy);
  }
}

async function runPatches(wanted) {
  const patches = readdirSync(PATCHES)
    .filter((name) => name.endsWith(".patch"))
    .filter((name) => wanted.length === 0 || wanted.includes(name.replace(/\.patch$/, "")))
    .map((name) => readPatch(path.join(PATCHES, name)));
  if (patches.length === 0) throw new Advice(`No such patch in ${PATCHES.slice(root.length + 1)}.`);
  const copy = await scratchCopy();
  const tests = [...new Set(patches.flatMap((patch) => patch.tests))];
  const { pass, output } = await doTestsPass(copy, tests);
  if (!pass) throw new Advice(`These tests fail without any change:\n${output.slice(-4_000)}`);
  let noticed = 0;
  for (const patch of patches) {
    const outcome = await tryPatch(copy, patch);
    if (outcome === "noticed") noticed += 1;
    log.say(`${outcome.padEnd(11)} ${patch.name}`);
  }
  rmSync(copy, { recursive: true, force: true });
  log.say(`${noticed} of ${patches.length} changes noticed`);
  return noticed === patches.length ? 0 : 1;
}

async function runStryker(files) {
  const missing = files.filter((file) => !existsSync(fromRoot(file)));
  if (missing.length > 0) throw new Advice(`No such file: ${missing.join(", ")}`);
  const stryker = fromRoot("node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
  const args = [stryker, "run", "--mutate", files.join(",")];
  return (await run(args, { inherit: true, env: loadTestEnvironment() })).code;
}

await runMain(async () => {
  process.on("SIGINT", endRunning);
  process.on("SIGTERM", endRunning);
  await ensureDependencies(log);
  const [first, ...rest] = process.argv.slice(2);
  if (first === "--patches") return runPatches(rest);
  if (first === undefined) throw new Advice("Name a file, or --patches.");
  return runStryker([first, ...rest]);
});
