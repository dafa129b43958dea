import { databaseEnvironment } from "@/scripts/lib/environment.mjs";
import { sharedApp } from "./app";

// Tests may look into the application's database, and sign with its secrets.
const { env, databaseUrl } = sharedApp();
Object.assign(process.env, databaseEnvironment(databaseUrl), { APP_URL: env.APP_URL });
