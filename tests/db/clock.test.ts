import { afterAll, afterEach, describe, expect, it } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { readBalance } from "@/lib/credits/store/balance";
import { databaseNow, followClock, hearClock, moveClock } from "@/lib/db/database-clock";
import { closePool, pool } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { enqueue } from "@/lib/queue/enqueue";
import { machineClock } from "@/lib/shared/clock";
import { newId } from "@/lib/shared/ids";
import { givenAccount } from "../factories/ledger";

afterAll(closePool);
afterEach(async () => {
  await pool().query("UPDATE clock_offset SET ahead_ms = 0");
  await pool().query("DELETE FROM graphile_worker._private_jobs");
  await followClock();
});

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
const ctx = systemContext("test");

/** How far the time of the business is ahead of the machine's, to the second. */
const aheadSeconds = (now: Date): number =>
  Math.round((now.getTime() - machineClock().getTime()) / SECOND_MS) + 0; // a millisecond that passes between gives -0

const jobs = async () =>
  (
    await pool().query<{ name: string; inSeconds: number }>(
      `SELECT task_identifier AS name, round(extract(epoch FROM run_at - now()))::integer AS "inSeconds"
       FROM graphile_worker.jobs ORDER BY name`,
    )
  ).rows;

const inAMinute = (runAt: Date) =>
  inTransaction((tx) =>
    enqueue(tx, "answer-message", { orgId: newId(), conversationId: newId(), messageId: newId() }, { runAt }),
  );

describe("the clock that is moved", () => {
  it("is the time of every verb and the bound of a sweep, which then makes the period that has begun", async () => {
    const orgId = await givenAccount(ctx, { allowance: 1_000n, anchorDay: 1 });
    await renewAllowance(ctx, orgId);
    const { renewsAt } = await readBalance(orgId);
    await moveClock(31 * DAY_MS);
    expect(aheadSeconds(ctx.now())).toBe((31 * DAY_MS) / SECOND_MS);
    expect(aheadSeconds(await databaseNow())).toBe((31 * DAY_MS) / SECOND_MS);
    expect(await sweepCycles(ctx)).toMatchObject({ renewed: 1, failed: 0 });
    expect((await readBalance(orgId)).renewsAt?.getTime()).toBeGreaterThan(renewsAt?.getTime() ?? Infinity);
  });

  it("adds up, is announced, and is read by who was not there; the announcement of nonsense changes nothing", async () => {
    await moveClock(DAY_MS);
    await moveClock(DAY_MS);
    hearClock("0");
    expect(aheadSeconds(ctx.now())).toBe(0);
    await followClock();
    expect(aheadSeconds(ctx.now())).toBe((2 * DAY_MS) / SECOND_MS);
    hearClock("tomorrow");
    expect(aheadSeconds(ctx.now())).toBe((2 * DAY_MS) / SECOND_MS);
  });

  it.each([0, -DAY_MS])("never goes back, and a step of %i is none", async (step) => {
    await expect(moveClock(step)).rejects.toThrow("query returned no rows");
    expect([aheadSeconds(ctx.now()), await jobs()]).toEqual([0, []]);
  });
});

describe("the job queue", () => {
  it("keeps the machine's time: a job for a moment of the business waits as long as it is until then", async () => {
    await moveClock(10 * DAY_MS);
    await inAMinute(new Date(ctx.now().getTime() + 60_000));
    expect(await jobs()).toEqual([
      { name: "answer-message", inSeconds: 60 },
      { name: "sweep-cycles", inSeconds: 0 },
    ]);
  });

  it("has what waits so much sooner when the clock is moved", async () => {
    await inAMinute(new Date(ctx.now().getTime() + DAY_MS));
    await moveClock(DAY_MS - 90_000);
    expect(await jobs()).toEqual([
      { name: "answer-message", inSeconds: 90 },
      { name: "sweep-cycles", inSeconds: 0 },
    ]);
  });
});
