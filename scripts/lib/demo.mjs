// The demo from start to stop. Modules which need packages are imported once these are installed.
import { checkDataDir, claimDemo } from "./demo-state.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { databaseEnvironment, loadEnvironment } from "./environment.mjs";
import { Advice, createLog } from "./log.mjs";
import { describePortHolder, freePortNear, isPortFree } from "./ports.mjs";
import { endRunning } from "./run.mjs";
import { serviceEnvironment, services } from "./services.mjs";
import { createSupervisor } from "./supervisor.mjs";
import { welcome } from "./welcome.mjs";

const DEFAULT_PORT = 3000;
const PROVIDERS_PORT = 4010;
const abort = new AbortController();
const plain = createLog();
/** No step begins once the demo was told to stop. */
const log = {
  say: plain.say,
  step: (title, work) => {
    abort.signal.throwIfAborted();
    return plain.step(title, work);
  },
};

/** Resolves with the exit code at the first stop signal; a second one ends everything at once. */
function stopSignal() {
  return new Promise((resolve) => {
    const stop = () => {
      if (abort.signal.aborted) process.exit(1); // the next start cleans up
      log.say("\nStopping (application, worker, database) …");
      abort.abort();
      endRunning();
      resolve(0);
    };
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, stop);
    // The reader of our output is gone: the same as a closed terminal.
    process.stdout.once("error", stop).on("error", () => {});
  });
}

async function choosePort(chosen) {
  if (chosen.PORT) {
    const port = Number(chosen.PORT);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new Advice(`PORT=${chosen.PORT} is not a port number.`);
    if (await isPortFree(port)) return port;
    const holder = describePortHolder(port) ?? "another process";
    throw new Advice(
      `Port ${port} is taken by ${holder}.\nChoose another: PORT=${await freePortNear(port + 1)} npm run demo`,
    );
  }
  const port = await freePortNear(DEFAULT_PORT);
  if (port === DEFAULT_PORT) return port;
  const holder = describePortHolder(DEFAULT_PORT) ?? "another process";
  log.say(`- Port ${DEFAULT_PORT} is taken by ${holder}; this demo uses ${port}. PORT=… chooses one.`);
  return port;
}

async function openDatabase(chosen) {
  if (chosen.DATABASE_URL) {
    const { host, pathname } = new URL(chosen.DATABASE_URL);
    log.say(`- Using the database of DATABASE_URL (${host}${pathname})`);
    return { url: chosen.DATABASE_URL, embedded: false, stop: async () => {} };
  }
  const { startEmbeddedDatabase } = await import("./embedded-database.mjs");
  const start = () => startEmbeddedDatabase({ say: log.say, takeOver: true });
  return { ...(await log.step("Starting PostgreSQL", start)), embedded: true };
}

function demoEnvironment({ env, chosen }, database, url) {
  const direct = database.embedded ? undefined : chosen.DIRECT_URL;
  return {
    ...env,
    ...databaseEnvironment(database.url),
    ...(direct ? { DIRECT_URL: direct } : {}),
    APP_URL: chosen.APP_URL || url,
  };
}

/** Ports for the local providers, and the settings by which the application finds them; what was chosen stays. */
async function localProviders({ chosen }) {
  const port = await freePortNear(PROVIDERS_PORT);
  const mailPort = await freePortNear(port + 1);
  const url = `http://127.0.0.1:${port}`;
  const bases = {
    META_API_BASE: `${url}/meta`,
    TWILIO_API_BASE: `${url}/twilio`,
    AI_API_BASE: `${url}/ai/v1`,
    VAPI_API_BASE: `${url}/vapi`,
    STRIPE_API_BASE: url,
    SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
  };
  const given = Object.keys(bases).filter((name) => chosen[name]);
  const env = { ...bases, SANDBOX_PORT: String(port), SANDBOX_SMTP_PORT: String(mailPort) };
  for (const name of given) delete env[name];
  return { url, env };
}

async function prepare(env, { hotReload, recover }) {
  const { migrateDatabase, seedDatabase } = await import("./migrate.mjs");
  await log.step("Migrating the database", () => migrateDatabase(env.DIRECT_URL, { recover }));
  await log.step("Seeding the demo's data", () => seedDatabase(env));
  if (hotReload) return () => {};
  const { ensureBuild, holdBuild } = await import("./build.mjs");
  await ensureBuild(env, log);
  return holdBuild("a demo");
}

/** Fills `undo` as things start, so that whatever happens ends exactly what was begun. */
async function bringUp({ hotReload }, state, undo) {
  await ensureDependencies(log);
  const settings = loadEnvironment();
  const port = await choosePort(settings.chosen);
  const url = `http://127.0.0.1:${port}`;
  const database = await openDatabase(settings.chosen);
  undo.push(database.stop);
  state.update({ databaseUrl: database.url, embedded: database.embedded });
  const providers = await localProviders(settings);
  const env = { ...demoEnvironment(settings, database, url), ...providers.env, PORT: String(port) };
  undo.push(await prepare(env, { hotReload, recover: database.embedded }));
  const supervisor = createSupervisor({
    services: services({ port, hotReload, providers: true }),
    env: serviceEnvironment(env, { hotReload }),
    url,
    say: log.say,
    onChange: (children) => state.update({ children }),
  });
  undo.push(supervisor.stop);
  await log.step("Starting application, worker and local providers", supervisor.start);
  state.update({ url, port, appUrl: env.APP_URL, providersUrl: providers.url, hotReload });
  log.say(welcome(env.APP_URL, providers.url));
  return supervisor;
}

async function undoAll(undo) {
  for (let step = undo.pop(); step; step = undo.pop()) await step();
}

/** @returns {Promise<number>} the exit code */
export async function runDemo(options) {
  const stopped = stopSignal();
  checkDataDir();
  const state = await claimDemo(log.say);
  const undo = [];
  const begun = bringUp(options, state, undo);
  try {
    const supervisor = await Promise.race([begun, stopped]);
    if (supervisor) return await Promise.race([supervisor.ended, stopped]);
    await undoAll(undo);
    await begun.catch(() => {}); // a step cut short
    return 0;
  } finally {
    const hadStarted = undo.length > 0 || abort.signal.aborted;
    await undoAll(undo);
    state.release();
    if (hadStarted) log.say("Stopped.");
  }
}
