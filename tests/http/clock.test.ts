import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { readBalance } from "@/lib/credits/store/balance";
import { moveClock } from "@/lib/db/database-clock";
import { closePool, pool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { givenAccount } from "../factories/ledger";
import { SECRETS_OF_PRODUCTION } from "../factories/secrets";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { assistantRequest } from "../factories/vapi";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { type RunningService, startApp, startWorker } from "../support/app-process";
import { cloneDatabase } from "../support/database";
import { listenTo } from "../support/event-stream";
import { sessionCookie } from "../support/session-cookie";
import { withinASecond } from "../support/within-a-second";

// The clock of the business, as processes of their own follow it.
const { url: databaseUrl } = await cloneDatabase();
const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:9" });
const ctx = systemContext("test");
const DAYS = 40;
const DAY_MS = 86_400_000;

const running: RunningService[] = [];
let app: RunningService;
let production: RunningService;
let garage: StaffedGarage;
beforeAll(async () => {
  const env = environmentOf(sandbox);
  const real = { ...env, ...SECRETS_OF_PRODUCTION, TORQUEFLOW_DEMO: "0" };
  [app, production] = await Promise.all([
    startApp({ databaseUrl, env }),
    startApp({ databaseUrl, env: real }),
  ]);
  running.push(app, production, await startWorker({ databaseUrl, env }));
  garage = await givenStaffedGarage(ctx);
});
afterAll(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await sandbox.stop();
  await closePool();
});

/** How many days ahead of the machine's a process takes the time to be: when it says a call began. */
async function daysAhead(service: RunningService): Promise<number> {
  const id = newId();
  const answer = await fetch(`${service.url}/api/webhooks/voice`, {
    method: "POST",
    body: JSON.stringify(assistantRequest({ id, called: garage.phone })),
    headers: { "content-type": "application/json", "x-vapi-secret": String(service.env.VAPI_WEBHOOK_SECRET) },
  });
  expect(answer.status).toBe(200);
  const { rows } = await pool().query<{ startedAt: Date }>(
    `SELECT started_at AS "startedAt" FROM interaction WHERE provider_ref = $1`,
    [id],
  );
  return Math.floor(((rows[0]?.startedAt.getTime() ?? 0) - Date.now()) / DAY_MS + 0.5);
}

test("application, worker and browsers follow the clock within a second, a process started later at once; production ignores it", async () => {
  const orgId = await givenAccount(ctx, { allowance: 1_000n });
  await renewAllowance(ctx, orgId);
  const { renewsAt } = await readBalance(orgId);
  const cookie = await sessionCookie(app.url, garage.owner);
  const stream = await listenTo(app.url, cookie);
  expect([await daysAhead(app), await daysAhead(production)]).toEqual([0, 0]);

  await moveClock(DAYS * DAY_MS);
  await withinASecond(async () => {
    expect(await daysAhead(app)).toBe(DAYS);
    expect(stream.names).toContain("clock/moved");
  });
  // The worker sweeps what has become due, and its session goes on: that keeps the machine's time.
  const renewed = async () => (await readBalance(orgId)).renewsAt?.getTime();
  await expect.poll(renewed).toBeGreaterThan(renewsAt?.getTime() ?? Infinity);
  const page = await fetch(`${app.url}/voice`, { headers: { cookie } });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(`\\"aheadMs\\":${DAYS * DAY_MS}`);
  stream.close();

  const later = await startApp({ databaseUrl, env: environmentOf(sandbox) });
  running.push(later);
  expect([await daysAhead(later), await daysAhead(production)]).toEqual([DAYS, 0]);
});
