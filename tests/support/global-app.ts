import type { TestProject } from "vitest/node";
import { ensureBuild, holdBuild } from "@/scripts/lib/build.mjs";
import { loadTestEnvironment } from "@/scripts/lib/environment.mjs";
import { createLog } from "@/scripts/lib/log.mjs";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import type { SharedApp } from "./app";
import { startApp, startWorker } from "./app-process";
import { createTestDatabase } from "./database";
import { acquireTestServer } from "./test-server";

type Undo = () => unknown;

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

/** An application with its worker, on a database and providers of its own. */
async function startLane(serverUrl: string, undo: Undo[]): Promise<SharedApp> {
  const { url: databaseUrl } = await createTestDatabase({ seeded: true, serverUrl });
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

async function startAll(project: TestProject, undo: Undo[]): Promise<void> {
  const { adminUrl, release } = await acquireTestServer();
  undo.push(release);
  project.provide("databaseServer", adminUrl);
  await ensureBuild(loadTestEnvironment(), createLog());
  undo.push(holdBuild("`npm test`"));
  const lanes: SharedApp[] = [];
  while (lanes.length < project.config.maxWorkers) lanes.push(await startLane(adminUrl, undo));
  project.provide("lanes", lanes);
}

/** A failed start is told by each test file, so that the other projects still run and count. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const undo: Undo[] = [];
  try {
    await startAll(project, undo);
  } catch (error) {
    project.provide("lanes", { failure: String(error) });
  }
  return async () => {
    for (const step of undo.reverse()) await step();
  };
}
