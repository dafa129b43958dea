import { afterAll, describe, expect, it } from "vitest";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { closePool, pool } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/queue/enqueue";
import { JOBS } from "@/lib/queue/jobs";
import { newId } from "@/lib/shared/ids";
import { microUsd } from "@/lib/shared/money";
import { givenAccount, testContext } from "../factories/ledger";

afterAll(closePool);

/** A job as the queue's own tables hold it. */
const storedJob = async (key: string) => {
  const { rows } = await pool().query(
    `SELECT t.identifier AS name, j.payload, q.queue_name AS queue, j.max_attempts AS attempts, j.run_at AS "runAt"
     FROM graphile_worker._private_jobs AS j JOIN graphile_worker._private_tasks AS t ON t.id = j.task_id
     LEFT JOIN graphile_worker._private_job_queues AS q ON q.id = j.job_queue_id WHERE j.key = $1`,
    [key],
  );
  return rows;
};

describe("enqueue", () => {
  const job = () => ({ orgId: newId(), conversationId: newId(), messageId: newId() });

  it("stores a job as the table plans it, within the caller's transaction", async () => {
    const payload = job();
    const plan = JOBS["send-message"].plan(payload);
    const runAt = new Date(Date.now() + 60_000);
    await inTransaction((tx) => enqueue(tx, "send-message", payload, { runAt }));
    expect(await storedJob(plan.key)).toEqual([
      { name: "send-message", payload: { ...payload, attempt: 1 }, queue: plan.queue, attempts: 8, runAt },
    ]);
  });

  it("leaves nothing where the transaction is rolled back", async () => {
    const payload = job();
    const failing = inTransaction(async (tx) => {
      await enqueue(tx, "answer-message", payload);
      throw new Error("after all not");
    });
    await expect(failing).rejects.toThrow("after all not");
    expect(await storedJob(JOBS["answer-message"].plan(payload).key)).toEqual([]);
  });

  it("makes one job of several requests under one key", async () => {
    const customerId = `cus_${newId()}`;
    for (let wish = 0; wish < 3; wish += 1)
      await inTransaction((tx) => enqueue(tx, "sync-customer", { customerId }));
    expect(await storedJob(`sync-customer:${customerId}`)).toHaveLength(1);
  });
});

describe("what SQL adds to the queue", () => {
  it("is named in the table of jobs, function by function", async () => {
    const { rows } = await pool().query<{ name: string; source: string }>(
      `SELECT proname AS name, prosrc AS source FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace AND prosrc LIKE '%add_job(%'`,
    );
    const added = rows.map(({ name, source }) => ({
      name,
      calls: source.split(/add_job\(/).length - 1,
      jobs: [...source.matchAll(/add_job\(\s*(?:identifier\s*=>\s*)?'([^']+)'/g)].map(([, job = ""]) => job),
    }));
    expect(added.length).toBeGreaterThan(0);
    for (const { name, calls, jobs } of added) {
      expect(jobs, `${name} names each of its jobs`).toHaveLength(calls);
      for (const job of jobs) expect(Object.keys(JOBS), name).toContain(job);
    }
  });

  it("is stored by a settle that crosses a wake mark exactly as enqueue stores it", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { allowance: 1_000n });
    await renewAllowance(ctx, orgId);
    const { key } = JOBS["watch-balance"].plan({ orgId });
    const [byEnqueue] = await storedJob(key);
    await pool().query(`SELECT graphile_worker.remove_job($1)`, [key]);
    const start = {
      mode: "full",
      level: 0,
      reason: null,
      billable: true,
      isFallback: false,
      failOpen: false,
      startedAt: ctx.now(),
    } as const;
    const interaction = { orgId, channel: "voice", providerRef: "call", counted: true, start } as const;
    await settleInteraction(ctx, { ...interaction, cost: microUsd(9n) });
    const [bySql] = await storedJob(key);
    expect(bySql).toEqual({ ...byEnqueue, runAt: expect.any(Date) });
    expect(bySql).toMatchObject({ name: "watch-balance", payload: { orgId } });
  });
});
