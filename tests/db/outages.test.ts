import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { auth } from "@/lib/auth/auth";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { isTransient } from "@/lib/db/sql-errors";
import { toAppError } from "@/lib/http/errors";
import { newId } from "@/lib/shared/ids";
import { givenSession } from "../factories/session";
import { restoreHere, type SeverableDatabase, severableDatabase } from "../support/severable-database";

const direct = String(process.env.DATABASE_URL);
let wire: SeverableDatabase;
beforeAll(async () => {
  wire = await severableDatabase(direct);
  process.env.DATABASE_URL = wire.url;
});
afterAll(async () => {
  await closePool();
  await wire.close();
});

/** The machine may be busy. */
const PATIENCE = { timeout: 20_000 };

const failureOf = (work: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(work).then(
    () => undefined,
    (error: unknown) => error,
  );

/** Each way in which the application asks the database. */
const ASKING = {
  "a query": (text: string) => pool().query(text),
  Prisma: (text: string) => prisma().$queryRawUnsafe(text),
} as const;

/** A statement under way, which is told from every other by its words. */
async function underWay(ask: (text: string) => PromiseLike<unknown>) {
  const mark = newId();
  const ended = failureOf(ask(`SELECT pg_sleep(20)::text AS "${mark}"`));
  const pid = await vi.waitUntil(async () => {
    const [busy] = await outside<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%${mark}%'`,
    );
    return busy?.pid;
  }, PATIENCE);
  return { pid, ended };
}

describe("an outage passes, so it is told as one (503), whoever met it", () => {
  it.each(Object.entries(ASKING))("%s that is under way when the connection breaks", async (_, ask) => {
    const { ended } = await underWay(ask);
    await wire.cut();
    expect(toAppError(await ended)).toMatchObject({ code: "unavailable", status: 503 });
    await restoreHere(wire);
  });

  it.each(Object.entries(ASKING))("%s that is ended by the server's administrator", async (_, ask) => {
    const { pid, ended } = await underWay(ask);
    await outside(`SELECT pg_terminate_backend(${pid})`);
    expect(toAppError(await ended)).toMatchObject({ code: "unavailable" });
  });

  it("the sign-in library, which looks for a session while the server is away", async () => {
    const headers = new Headers({ cookie: (await givenSession()).cookie });
    await wire.cut();
    const error = await failureOf(auth().api.getSession({ headers }));
    expect(toAppError(error)).toMatchObject({ code: "unavailable", retryAfterSeconds: 5 });
    await restoreHere(wire);
  });

  it.each([
    ["a connection that it has", 1],
    ["a new one", 0],
  ])("a server that is suspended: by way of %s", async (_, open) => {
    const patient = new Pool({
      connectionString: wire.url,
      query_timeout: 1_000,
      connectionTimeoutMillis: 1_000,
      max: 1,
    });
    if (open > 0) await patient.query("SELECT 1");
    const resume = wire.suspend();
    const error = await failureOf(patient.query("SELECT 1"));
    resume();
    await patient.end();
    expect([isTransient(error), error]).toEqual([true, expect.any(Error)]);
  });
});

it("a fault of ours is not told as an outage", async () => {
  for (const error of [
    await failureOf(pool().query("SELECT nothing")),
    await failureOf(prisma().$queryRaw`SELECT nothing`),
    new Error("The connection of two ideas"),
  ])
    expect(toAppError(error)).toMatchObject({ code: "internal", status: 500 });
});

async function outside<Row extends object>(text: string): Promise<Row[]> {
  const own = new Pool({ connectionString: direct, max: 1 });
  try {
    return (await own.query<Row>(text)).rows;
  } finally {
    await own.end();
  }
}
