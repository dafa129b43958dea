#!/usr/bin/env node
// Offline stand-in for Prisma's schema engine: the same JSON-RPC over stdin and stdout and the same
// `cli` sub-commands, on the engine's WebAssembly build. Chosen by prisma.config.ts.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { connectOptions, createDatabase, dropDatabase, probeDatabase } from "./lib/engine-database.mjs";
import { loadEngine } from "./lib/engine-wasm.mjs";
import { MigrationAdapterFactory } from "./lib/migration-adapter.mjs";

// Error codes of Prisma for what PostgreSQL and the socket report.
const PRISMA_CODES = { "3D000": "P1003", "28P01": "P1000", ECONNREFUSED: "P1001", "42P04": "P1009" };
const CLI_COMMANDS = {
  "can-connect-to-database": probeDatabase,
  "create-database": createDatabase,
  "drop-database": dropDatabase,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: "string", multiple: true },
    datasource: { type: "string" },
    version: { type: "boolean" },
  },
});
const { url } = JSON.parse(values.datasource ?? "{}");

function logLine(level, message, fields = {}) {
  const entry = { timestamp: new Date().toISOString(), level, fields: { message, ...fields } };
  process.stderr.write(`${JSON.stringify({ ...entry, target: "schema_engine::logger" })}\n`);
}

async function runCliCommand(name) {
  process.stderr.write("\n"); // the CLI looks for the log after the first line break
  try {
    await (CLI_COMMANDS[name] ?? probeDatabase)(url);
    return 0;
  } catch (error) {
    const code = PRISMA_CODES[error.code] ?? "P1000";
    logLine("ERROR", error.message || String(error), { is_panic: false, error_code: code });
    return 1;
  }
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

function toRpcError(error) {
  const message = error?.message ?? String(error);
  const data = { is_panic: false, message, meta: error?.meta, error_code: error?.code };
  return { code: 4466, message, data };
}

function createDispatcher(factory) {
  let engine;
  const open = async () => {
    // `undefined` and not an empty list, which makes the engine panic.
    const datamodels = values.datamodels?.map((file) => [file, readFileSync(file, "utf8")]);
    const onPanic = (message) => logLine("ERROR", message, { is_panic: true });
    engine ??= await loadEngine({ datamodels, factory, onPanic });
    return engine;
  };
  return async function dispatch(method, params) {
    if (method === "createDatabase") {
      await createDatabase(url);
      return { databaseName: connectOptions(url).database };
    }
    const target = method === "getDatabaseVersion" ? "version" : method;
    const result = await (await open())[target](params ?? {});
    // The native engine streams the script of `migrate diff` as a `print` notification.
    if (method === "diff" && result?.stdout)
      send({ id: -1, method: "print", params: { content: result.stdout } });
    return result ?? null;
  };
}

function serve() {
  const factory = new MigrationAdapterFactory(url ? connectOptions(url) : undefined);
  const dispatch = createDispatcher(factory);
  let queue = Promise.resolve();
  const answer = async ({ id, method, params }) => {
    try {
      send({ id, result: await dispatch(method, params) });
    } catch (error) {
      send({ id, error: toRpcError(error) });
    }
  };
  const quit = async () => {
    await queue;
    await factory.disposeShadows();
    process.exit(0);
  };
  process.on("SIGTERM", quit); // the CLI sends it right after its last request
  createInterface({ input: process.stdin })
    .on("line", (line) => {
      const request = JSON.parse(line);
      // Without a method it is the CLI's acknowledgement of a `print`.
      if (request.method) queue = queue.then(() => answer(request));
    })
    .on("close", quit);
}

if (values.version) console.log("schema-engine-cli wasm");
else if (positionals[0] === "cli") process.exit(await runCliCommand(positionals[1]));
else serve();
