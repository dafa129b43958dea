import { loadTestEnvironment } from "@/scripts/lib/environment.mjs";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import type { SharedApp } from "./app";
import { startApp, startWorker } from "./app-process";

export type Undo = () => unknown;

function secretsOf(env: Record<string, string | undefined>) {
  const value = (name: string): string => env[name] ?? "";
  return {
    metaAppSecret: value("META_APP_SECRET"),
    metaAccessToken: value("META_ACCESS_TOKEN"),
    metaVerifyToken: value("META_VERIFY_TOKEN"),
    twilioAccountSid: value("TWILIO_ACCOUNT_SID"),
    twilioAuthToken: value("TWILIO_AUTH_TOKEN"),
    vapiWebhookSecret: value("VAPI_WEBHOOK_SECRET"),
    vapiApiKey: value("VAPI_API_KEY"),
    aiApiKey: value("AI_API_KEY"),
    stripeSecretKey: value("STRIPE_SECRET_KEY"),
    stripeWebhookSecret: value("STRIPE_WEBHOOK_SECRET"),
  };
}

/**
 * An application with its worker on this database, and providers of its own that follow its clock. What undoes each step is
 * added to `undo` as it is done.
 */
export async function startLane(databaseUrl: string, undo: Undo[]): Promise<SharedApp> {
  const sandbox = await startSandbox({
    port: 0,
    smtpPort: 0,
    appUrl: "http://127.0.0.1:9", // known once the application listens
    clockDatabaseUrl: databaseUrl,
    secrets: secretsOf(loadTestEnvironment()),
  });
  undo.push(sandbox.stop);
  const app = await startApp({ databaseUrl, env: environmentOf(sandbox) });
  undo.push(app.stop);
  await sandbox.control.settings({ appUrl: app.url, publicUrl: app.url });
  const worker = await startWorker({ databaseUrl, env: { ...environmentOf(sandbox), APP_URL: app.url } });
  undo.push(worker.stop);
  return { url: app.url, databaseUrl, env: app.env, sandboxUrl: sandbox.url };
}

/** Undoes what was done, the last first. */
export async function undoAll(undo: Undo[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}
