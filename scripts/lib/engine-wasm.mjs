// Loads the WebAssembly build of Prisma's schema engine.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";

const ENGINE_MODULE = "@prisma/schema-engine-wasm/schema_engine_bg";

async function instantiate() {
  const bindings = await import(ENGINE_MODULE);
  const wasmFile = fileURLToPath(import.meta.resolve(ENGINE_MODULE)).replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(wasmFile), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings.SchemaEngine;
}

/** Opens an engine on the given schema files; `onPanic` gets the text a panic would otherwise lose. */
export async function loadEngine({ datamodels, factory, onPanic }) {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: onPanic };
  const SchemaEngine = await instantiate();
  const trace = (line) => process.env.DEBUG && process.stderr.write(`${line}\n`);
  return SchemaEngine.new({ datamodels }, trace, bindMigrationAwareSqlAdapterFactory(factory));
}
