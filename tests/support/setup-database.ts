import { afterAll } from "vitest";
import { cloneDatabase } from "./database";
import { forgetProcess } from "./fresh";

await cloneDatabase();
// What the file before left running may have read the environment meanwhile, without a database.
forgetProcess();
// After the file's own `afterAll`: the next file of this process drops the database.
afterAll(async () => (await import("@/lib/db/pool")).closePool());
