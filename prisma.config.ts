import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

if (existsSync(".env")) process.loadEnvFile(".env");

// The native schema engine is a download; the one in scripts/ needs no network. Windows cannot execute it.
if (process.platform !== "win32" && !process.env.PRISMA_USE_NATIVE_ENGINE)
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
    new URL("scripts/schema-engine.mjs", import.meta.url),
  );

const url = process.env.DIRECT_URL || process.env.DATABASE_URL;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  ...(url ? { datasource: { url } } : {}),
});
