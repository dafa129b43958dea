import { afterAll } from "vitest";
import { closePool } from "@/lib/db/pool";
import { cloneDatabase, forgetDatabases } from "./database";
import { forgetProcess } from "./fresh";

forgetDatabases();
await cloneDatabase();
// What the file before left running may have read the environment meanwhile, without a database.
forgetProcess();
// After the file's own `afterAll`: the next file of this process drops the database.
afterAll(closePool);
