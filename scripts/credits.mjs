// `npm run credits -- <command> <slug> …`: the ledger's command line, on the demo's database or DATABASE_URL.
// Notes go to stderr: stdout is the command's own.
import path from "node:path";
import { isDemoRunning, readDemoState } from "./lib/demo-state.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { databaseEnvironment, dataDir, loadEnvironment } from "./lib/environment.mjs";
import { withLock } from "./lib/file-lock.mjs";
import { Advice, createLog, runMain } from "./lib/log.mjs";
import { run, tools } from "./lib/run.mjs";

const log = createLog(process.stderr);

async function runCommand(settings, url) {
  const direct = settings.chosen.DATABASE_URL ? settings.chosen.DIRECT_URL : undefined;
  const env = {
    ...settings.env,
    ...databaseEnvironment(url),
    ...(direct ? { DIRECT_URL: direct } : {}),
    APP_URL: settings.chosen.APP_URL || readDemoState()?.url || "http://127.0.0.1:3000",
  };
  const args = [...tools.tsx("scripts/credits-cli.ts"), ...process.argv.slice(2)];
  return (await run(args, { env, inherit: true })).code;
}

async function onEmbedded(settings) {
  const { embeddedDatabaseExists, embeddedDatabaseRuns, startEmbeddedDatabase } = await import(
    "./lib/embedded-database.mjs"
  );
  if (!embeddedDatabaseExists())
    throw new Advice("There is no database yet: start `npm run demo` once, or set DATABASE_URL.");
  const withServer = async () => {
    const server = await startEmbeddedDatabase({ say: () => {}, takeOver: false });
    try {
      return await runCommand(settings, server.url);
    } finally {
      await server.stop();
    }
  };
  // Commands which start the server themselves take turns, so that none stops it under another.
  if (isDemoRunning(readDemoState()) && (await embeddedDatabaseRuns())) return withServer();
  return withLock(path.join(dataDir, "credits.lock"), withServer);
}

await runMain(async () => {
  // Ctrl-C reaches the command as well; we stay to stop what we started.
  process.on("SIGINT", () => {});
  await ensureDependencies(log);
  const settings = loadEnvironment();
  if (settings.chosen.DATABASE_URL) return runCommand(settings, settings.chosen.DATABASE_URL);
  const demo = readDemoState();
  if (demo?.databaseUrl && demo.embedded === false) return runCommand(settings, demo.databaseUrl);
  return onEmbedded(settings);
});
