// The demo from start to stop. Modules which need packages are imported once these are installed.
import path from "node:path";
import { checkDataDir, claimDemo } from "./demo-state.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { databaseEnvironment, dataDir, loadEnvironment } from "./environment.mjs";
import { Advice, createLog } from "./log.mjs";
import { describePortHolder, freePortNear, isPortFree } from "./ports.mjs";
import { endRunning } from "./run.mjs";
import { appService, providersService, workerService } from "./services.mjs";
import { createSupervisor, PortTaken } from "./supervisor.mjs";
import { welcome } from "./welcome.mjs";

const DEFAULT_PORT = 3000;
const PROVIDERS_PORT = 4010;
const PORT_ATTEMPTS = 5;
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

/** The port that somebody chose, or null. */
async function chosenPort({ PORT }) {
  if (!PORT) return null;
  const port = Number(PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Advice(`PORT=${PORT} is not a port number.`);
  if (await isPortFree(port)) return port;
  const holder = describePortHolder(port) ?? "another process";
  throw new Advice(
    `Port ${port} is taken by ${holder}.\nChoose another: PORT=${await freePortNear(port + 1)} npm run demo`,
  );
}

/** Ports are looked for when they are needed, and again where another process was faster. */
async function onFreePort(preferred, start) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePortNear(preferred);
    try {
      return await start(port);
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === PORT_ATTEMPTS) throw error;
      log.say(`  port ${port} was taken meanwhile; trying another`);
    }
  }
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

function demoEnvironment({ env, chosen }, database) {
  const direct = database.embedded ? undefined : chosen.DIRECT_URL;
  return {
    ...env,
    ...databaseEnvironment(database.url),
    ...(direct ? { DIRECT_URL: direct } : {}),
    LISTEN_HOST: chosen.LISTEN_HOST || "localhost",
    // Any free port; the worker says which.
    WORKER_LISTEN: chosen.WORKER_LISTEN || "127.0.0.1:0",
  };
}

/**
 * The local providers, and the settings by which the application finds them; what somebody chose stays. They start before the
 * application, whose address they are told when it is known.
 */
async function startProviders(supervisor, env, chosen) {
  let appUrl = chosen.APP_URL ?? "";
  const withPorts = (port, smtpPort) =>
    providersService({
      env: {
        ...env,
        APP_URL: appUrl,
        SANDBOX_PORT: port,
        SANDBOX_SMTP_PORT: smtpPort,
        // Months are played by the application's own clock.
        SANDBOX_CLOCK_DATABASE: env.DIRECT_URL,
        SANDBOX_STATE: path.join(dataDir, "stripe.json"),
      },
    });
  let found;
  const again = () => withPorts(new URL(found.url).port, new URL(found.smtpUrl).port);
  const line = await onFreePort(PROVIDERS_PORT, (port) =>
    supervisor.start(withPorts(String(port), "0"), again),
  );
  found = readAddresses(line);
  const { url, smtpUrl } = found;
  const bases = {
    META_API_BASE: `${url}/meta`,
    TWILIO_API_BASE: `${url}/twilio`,
    AI_API_BASE: `${url}/ai/v1`,
    VAPI_API_BASE: `${url}/vapi`,
    STRIPE_API_BASE: url,
    SMTP_URL: smtpUrl,
  };
  const tellAddress = async (address) => {
    appUrl = address;
    const body = JSON.stringify({ appUrl, publicUrl: appUrl });
    const headers = { "content-type": "application/json" };
    await fetch(`${url}/control/settings`, { method: "PATCH", headers, body });
  };
  return {
    url,
    env: Object.fromEntries(Object.entries(bases).filter(([name]) => !chosen[name])),
    tellAddress,
  };
}

const readAddresses = (line) => JSON.parse(line.slice(line.indexOf("{")));

async function prepare(env, { hotReload, recover }) {
  const { migrateDatabase, seedDatabase } = await import("./migrate.mjs");
  await log.step("Migrating the database", () => migrateDatabase(env.DIRECT_URL, { recover }));
  await log.step("Seeding the demo's data", () => seedDatabase(env));
  if (hotReload) return () => {};
  const { ensureBuild, holdBuild } = await import("./build.mjs");
  await ensureBuild(env, log);
  return holdBuild("a demo");
}

async function startProcesses(supervisor, env, { chosen }, { hotReload, port: wanted }) {
  const { seedProviders } = await import("./migrate.mjs");
  const providers = await startProviders(supervisor, env, chosen);
  const settings = (url) => ({ ...env, ...providers.env, APP_URL: chosen.APP_URL || url });
  const startApp = async (port) => {
    const url = `http://127.0.0.1:${port}`;
    await supervisor.start(appService({ url, env: settings(url), hotReload }));
    return url;
  };
  // Somebody's own Meta or Stripe is left alone.
  const own = [...(chosen.META_API_BASE ? [] : ["whatsapp"]), ...(chosen.STRIPE_API_BASE ? [] : ["stripe"])];
  const [url] = await Promise.all([
    wanted ? startApp(wanted) : onFreePort(DEFAULT_PORT, startApp),
    own.length > 0 ? seedProviders({ ...env, ...providers.env }, own) : undefined,
  ]);
  const { APP_URL: appUrl } = settings(url);
  await providers.tellAddress(appUrl);
  const line = await supervisor.start(workerService({ env: settings(url), hotReload }));
  const { operations: workerUrl } = readAddresses(line);
  return { url, port: Number(new URL(url).port), appUrl, providersUrl: providers.url, workerUrl };
}

/** Fills `undo` as things start, so that whatever happens ends exactly what was begun. */
async function bringUp({ hotReload }, state, undo) {
  await ensureDependencies(log);
  const settings = loadEnvironment();
  const port = await chosenPort(settings.chosen);
  const database = await openDatabase(settings.chosen);
  undo.push(database.stop);
  state.update({ databaseUrl: database.url, embedded: database.embedded });
  const env = demoEnvironment(settings, database);
  undo.push(await prepare(env, { hotReload, recover: database.embedded }));
  const supervisor = createSupervisor({
    say: log.say,
    onChange: (children) => state.update({ children }),
  });
  undo.push(supervisor.stop);
  const running = await log.step("Starting application, worker and local providers", () =>
    startProcesses(supervisor, env, settings, { hotReload, port }),
  );
  if (!port && running.port !== DEFAULT_PORT) await explainPort(running.port);
  state.update({ ...running, hotReload });
  log.say(welcome(running));
  return supervisor;
}

async function explainPort(port) {
  const holder = describePortHolder(DEFAULT_PORT) ?? "another process";
  log.say(`- Port ${DEFAULT_PORT} is taken by ${holder}; this demo uses ${port}. PORT=… chooses one.`);
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
