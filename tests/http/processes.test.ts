import { connect, type Socket } from "node:net";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { buyPack } from "@/lib/billing/buy-pack";
import { CLOCK_CHANNEL } from "@/lib/db/database-clock";
import { closePool, pool } from "@/lib/db/pool";
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

/** What a process answers a new call to a garage with. */
async function assistantAt(app: RunningService, garage: StaffedGarage) {
  const answer = await deliver(app, assistantRequest({ id: newId(), called: garage.phone }));
  const { assistant } = await answer.json();
  return assistant as { readonly firstMessage: string; readonly metadata: { readonly mode: string } };
}

/** How a process answers a new call to a garage: in full, or by the message-taker. */
const modeAt = async (app: RunningService, garage: StaffedGarage): Promise<string> =>
  (await assistantAt(app, garage)).metadata.mode;

/** What somebody who is signed in asks a process, as our pages do. */
const ask = (app: RunningService, cookie: string, method: "GET" | "POST" | "PUT", path: string, body = {}) =>
  fetch(`${app.url}${path}`, {
    method,
    headers: { "content-type": "application/json", origin: app.url, cookie },
    ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
  });

/** A call that costs so many dollars, reported to a process. */
const report = (app: RunningService, garage: StaffedGarage, cost: number, id = newId()) =>
  deliver(app, endOfCallReport({ id, called: garage.phone }, { cost }));

async function listenAt(app: RunningService, cookie: string): Promise<HeardEvents> {
  const stream = await listenTo(app.url, cookie);
  streams.push(stream);
  return stream;
}

const listenersBut = async (gone: readonly number[]): Promise<number[]> => {
  const { rows } = await pool().query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'torqueflow-listener'
     AND query LIKE 'LISTEN%' || $2 || '%' AND state = 'idle' AND pid <> ALL ($1)`,
    [gone, CLOCK_CHANNEL],
  );
  return rows.map(({ pid }) => pid);
};

/** Breaks the connection by which each process hears of the others' changes, and waits until they have another. */
async function cutListeners(): Promise<void> {
  await expect.poll(() => listenersBut([])).toHaveLength(2);
  const before = await listenersBut([]);
  await pool().query("SELECT pg_terminate_backend(pid) FROM unnest($1::integer[]) AS pid", [before]);
  await expect.poll(() => listenersBut(before)).toHaveLength(2);
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
    const stream = await listenAt(second, await sessionCookie(second.url, garage.owner));
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

  test("a greeting that is changed at one is the other’s within a second, also when its listener was cut and is back", async () => {
    const garage = await givenStaffedGarage(ctx, { purchased: 100 });
    const cookie = await sessionCookie(first.url, garage.owner);
    const greet = async (greeting: string) => {
      // The second process knows the line afresh: of itself it would ask again in five seconds.
      expect((await assistantAt(second, garage)).firstMessage).not.toBe(greeting);
      const stored = await ask(first, cookie, "GET", "/api/settings/persona");
      const { choices: _, ...persona } = await stored.json();
      const saved = await ask(first, cookie, "PUT", "/api/settings/persona", { ...persona, greeting });
      expect(saved.status).toBe(200);
      await withinASecond(async () =>
        expect((await assistantAt(second, garage)).firstMessage).toBe(greeting),
      );
    };
    await greet("Good morning, this is Ava.");
    await cutListeners();
    await greet("Good afternoon, this is Ava.");
  });

  test("whoever is removed at one is out at the other at once, and their open pages hear of it within a second", async () => {
    const garage = await givenStaffedGarage(ctx);
    const owner = await sessionCookie(first.url, garage.owner);
    const advisor = await sessionCookie(second.url, `advisor@${garage.slug}.test`);
    const stream = await listenAt(second, advisor);
    let isOpen = true;
    void stream.ended.then(() => {
      isOpen = false;
    });
    expect((await ask(second, advisor, "GET", "/api/voice/waiting")).status).toBe(200);
    const { members } = await (await ask(first, owner, "GET", "/api/settings/team")).json();
    const { userId } = members.find(({ role }: { role: string }) => role === "advisor");
    const removed = await ask(first, owner, "POST", `/api/settings/team/members/${userId}/remove`);
    expect(removed.status).toBe(204);
    expect((await ask(second, advisor, "GET", "/api/voice/waiting")).status).toBe(403);
    await withinASecond(async () => {
      await ask(second, advisor, "GET", "/api/access");
      expect(stream.names).toContain("access/changed");
      expect(isOpen).toBe(false);
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
    const stream = await listenAt(app, await sessionCookie(app.url, garage.owner));
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

  test("waits for nobody who says nothing, half a header or half a body, and owes nobody an answer", async () => {
    const app = await start();
    const { port } = new URL(app.url);
    const sent: string[] = [];
    const say = (words: string) =>
      new Promise<Socket>((resolve) => {
        const socket = connect(Number(port), "127.0.0.1", () => socket.write(words, () => resolve(socket)));
        socket.on("data", (data) => sent.push(String(data))).on("error", () => undefined);
      });
    const line = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
    await say(" ");
    await say(`${line("/api/health")}X-Half: `);
    await say(`POST /api/sign-up HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\n{"na`);
    const several = await say(
      ["/api/health", "/sign-in", "/sign-up"].map((path) => `${line(path)}\r\n`).join(""),
    );
    const ended = new Promise((resolve) => several.once("close", resolve));
    await expect.poll(() => sent.join("").length, QUICKLY).toBeGreaterThan(0);
    process.kill(app.pid, "SIGTERM");
    expect(await app.exited).toBe(0);
    await ended;
    expect(sent.join("").match(/HTTP\/1\.1 200/g)).toHaveLength(3);
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
