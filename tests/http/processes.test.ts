import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { buyPack } from "@/lib/billing/buy-pack";
import { closePool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { givenMember, givenPack } from "../factories/buyer";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { assistantRequest, endOfCallReport } from "../factories/vapi";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { type RunningService, startApp } from "../support/app-process";
import { cloneDatabase } from "../support/database";
import { type HeardEvents, listenTo } from "../support/event-stream";
import { sessionCookie } from "../support/session-cookie";
import { severableDatabase } from "../support/severable-database";
import { withinASecond } from "../support/within-a-second";

// Application processes that end and start again, and two of them on one database.
const { url: databaseUrl } = await cloneDatabase();
const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:9" });
Object.assign(process.env, environmentOf(sandbox));
const ctx = systemContext("test");
const pack = await givenPack("price_starter");
const start = (url = databaseUrl) => startApp({ databaseUrl: url, env: environmentOf(sandbox) });

let first: RunningService;
let second: RunningService;
const streams: HeardEvents[] = [];

beforeAll(async () => {
  await sandbox.control.settings({ delivery: "manual" });
  [first, second] = await Promise.all([start(), start()]);
  await sandbox.control.settings({ appUrl: first.url });
});
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});
afterAll(async () => {
  await Promise.all([first.stop(), second.stop()]);
  await sandbox.stop();
  await closePool();
});

const deliver = (app: RunningService, body: object) =>
  fetch(`${app.url}/api/webhooks/voice`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", "x-vapi-secret": String(app.env.VAPI_WEBHOOK_SECRET) },
  });

/** How a process answers a new call to a garage: in full, or by the message-taker. */
async function modeAt(app: RunningService, garage: StaffedGarage): Promise<string> {
  const answer = await deliver(app, assistantRequest({ id: newId(), called: garage.phone }));
  return (await answer.json()).assistant.metadata.mode;
}

/** A call that costs so many dollars, reported to a process. */
const report = (app: RunningService, garage: StaffedGarage, cost: number, id = newId()) =>
  deliver(app, endOfCallReport({ id, called: garage.phone }, { cost }));

async function listenAt(app: RunningService, garage: StaffedGarage): Promise<HeardEvents> {
  const stream = await listenTo(app.url, await sessionCookie(app.url, garage.owner));
  streams.push(stream);
  return stream;
}

/** An owner buys a pack, and Stripe tells the first process. */
async function buyThroughFirst(garage: StaffedGarage): Promise<void> {
  const { member } = await givenMember(ctx, garage.orgId, "owner");
  const { url } = await buyPack(member, garage.orgId, pack);
  const session = (await sandbox.control.stripe.list("sessions")).find((one) => one.url === url);
  await sandbox.control.stripe.pay(session?.id ?? "");
  await sandbox.control.flush({ provider: "stripe" });
}

describe("two processes on one database", () => {
  test("what one grants or takes, the other's gate and its browsers know within a second; a restart changes nothing", async () => {
    const garage = await givenStaffedGarage(ctx);
    expect(await modeAt(second, garage)).toBe("degraded");
    const stream = await listenAt(second, garage);
    await buyThroughFirst(garage);
    await withinASecond(async () => {
      expect(await modeAt(second, garage)).toBe("full");
      expect(stream.names).toContain("credits/changed");
    });

    await first.stop();
    expect(await modeAt(second, garage)).toBe("full");
    first = await start();
    const heard = stream.names.length;
    expect((await report(first, garage, 10)).status).toBe(200);
    await withinASecond(async () => {
      expect(await modeAt(second, garage)).toBe("degraded");
      expect(stream.names.length).toBeGreaterThan(heard);
    });
  });
});

describe("a process that is told to stop", () => {
  const QUICKLY = { timeout: 5_000, interval: 20 };

  /** Whether a process still takes connections. */
  const listens = (app: RunningService) =>
    fetch(`${app.url}/api/health`).then(
      () => true,
      () => false,
    );

  test("takes nothing new, ends its live streams, answers what it has begun, and ends with code 0", async () => {
    const garage = await givenStaffedGarage(ctx, { purchased: 100 });
    const app = await start();
    const stream = await listenAt(app, garage);
    expect(stream.status).toBe(200);
    const holder = new Client({ connectionString: databaseUrl });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM credit_account WHERE org_id = $1 FOR UPDATE", [garage.orgId]);
    const id = newId();
    const reported = report(app, garage, 0.5, id);
    const isHeld = async () =>
      (await holder.query("SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")).rowCount;
    await expect.poll(isHeld, QUICKLY).toBe(1);

    process.kill(app.pid, "SIGTERM");
    await stream.ended;
    await expect.poll(() => listens(app), QUICKLY).toBe(false);
    await holder.query("COMMIT");
    expect((await reported).status).toBe(200);
    expect(await app.exited).toBe(0);
    const { rows } = await holder.query(
      "SELECT settled_at IS NOT NULL AS settled FROM interaction WHERE provider_ref = $1",
      [id],
    );
    expect(rows).toEqual([{ settled: true }]);
    await holder.end();
    expect(app.output.at(-1)).toContain('"msg":"stopped"');
  });

  test("keeps trying for a moment to store who was let in while the database was away", async () => {
    const garage = await givenStaffedGarage(ctx);
    const wire = await severableDatabase(databaseUrl);
    const app = await start(wire.url);
    await wire.cut();
    expect(await modeAt(app, garage)).toBe("full");
    process.kill(app.pid, "SIGTERM");
    await expect.poll(() => app.output.join(""), QUICKLY).toContain('"msg":"stopping"');
    await wire.restore();
    expect(await app.exited).toBe(0);
    const look = new Client({ connectionString: databaseUrl });
    await look.connect();
    expect((await look.query("SELECT FROM fail_open WHERE org_id = $1", [garage.orgId])).rowCount).toBe(1);
    await look.end();
    await wire.close();
  });
});
