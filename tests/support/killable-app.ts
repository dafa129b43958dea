import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { closePool } from "@/lib/db/pool";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { type RunningService, startApp } from "../support/app-process";
import { cloneDatabase } from "../support/database";
import { serveRoutes } from "../support/serve-routes";

const HELD = 712_002;

/** Delivers what is to be killed. */
type Deliver = () => Promise<unknown>;

/**
 * The built application with its database and local Stripe, which dies by kill -9 where a test says so. Its database holds
 * it at the step: a trigger waits for a lock which the test has, so that nothing in the application knows of it.
 */
export async function killableApp() {
  const { url: databaseUrl } = await cloneDatabase();
  let app: RunningService;
  /** What Stripe meets: the address stays when the process behind it changes. */
  const forward = async (request: Request): Promise<Response> => {
    const { method, headers } = request;
    const body = await request.arrayBuffer();
    return fetch(`${app.url}/api/webhooks/stripe`, { method, headers, body }).catch(
      () => new Response(null, { status: 502 }),
    );
  };
  const door = await serveRoutes({ "POST /api/webhooks/stripe": forward });
  const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: door.url });
  const { control } = sandbox;
  Object.assign(process.env, environmentOf(sandbox));
  const warden = new Client({ connectionString: databaseUrl });
  const start = () => startApp({ databaseUrl, env: environmentOf(sandbox) });

  beforeAll(async () => {
    await control.settings({ delivery: "manual" });
    await warden.connect();
    await warden.query(`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock(${HELD}); RETURN NULL; END $$`);
    app = await start();
  });
  afterEach(async () => {
    await control.dropDeliveries();
    await control.clearBehaviours();
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
    await door.stop();
    await warden.end();
    await closePool();
  });

  const waiting = async (): Promise<number> => {
    const { rowCount } = await warden.query(
      "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
    );
    return rowCount ?? 0;
  };

  /** Kills the application where `reached` says that it has come, and starts it again. */
  async function killAt(
    deliver: Deliver,
    reached: () => Promise<boolean>,
    release: () => Promise<unknown>,
  ): Promise<void> {
    const delivered = deliver();
    await expect.poll(reached).toBe(true);
    process.kill(app.pid, "SIGKILL");
    await app.stop();
    await release();
    await delivered;
    // What the dead process had begun is rolled back by the database once it notices.
    await expect.poll(waiting).toBe(0);
    app = await start();
  }

  return {
    control,
    /** Kills it while a trigger, which is called `held`, holds it. */
    killInDatabase: async (deliver: Deliver, trigger: string): Promise<void> => {
      await warden.query("SELECT pg_advisory_lock($1)", [HELD]);
      await warden.query(trigger);
      await killAt(
        deliver,
        async () => (await waiting()) > 0,
        async () => {
          await warden.query("SELECT pg_advisory_unlock($1)", [HELD]);
          await expect.poll(waiting).toBe(0);
          await warden.query(`DROP TRIGGER held ON ${/ ON (\w+)/.exec(trigger)?.[1]}`);
        },
      );
    },
    /** Kills it while Stripe does not answer a question. */
    killWhileReading: async (deliver: Deliver, route: string): Promise<void> => {
      await control.behave({ provider: "stripe", on: "rest", match: { route }, effect: { kind: "timeout" } });
      const asked = async () =>
        (await control.requests({ provider: "stripe", direction: "in", type: route })).length;
      const before = await asked();
      await killAt(
        deliver,
        async () => (await asked()) > before,
        async () => {},
      );
    },
  };
}

/** Holds whatever writes so in a table. */
export const heldAfter = (change: string, table: string): string =>
  `CREATE TRIGGER held AFTER ${change} ON ${table} FOR EACH ROW EXECUTE FUNCTION hold()`;

/** Holds whatever has written so in a table when it commits. */
export const heldAtCommit = (change: string, table: string): string =>
  `CREATE CONSTRAINT TRIGGER held AFTER ${change} ON ${table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold()`;
