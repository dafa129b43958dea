import { databaseEnvironment } from "@/scripts/lib/environment.mjs";
import { sharedApp, untilLanesStarted } from "./app";
import { forgetDatabases } from "./database";
import { forgetProcess } from "./fresh";

forgetDatabases();
await untilLanesStarted();
// Tests may look into the application's database, and sign with its secrets.
const { env, databaseUrl } = sharedApp();
Object.assign(process.env, databaseEnvironment(databaseUrl), { APP_URL: env.APP_URL });
// What the file before left running may have read the environment meanwhile, without a database.
forgetProcess();
