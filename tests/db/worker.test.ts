import { afterEach, describe, expect, it, vi } from "vitest";
import { pool } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import { newId } from "@/lib/shared/ids";
import { bundled } from "@/scripts/lib/bundle.mjs";
import { anyFreePort } from "@/scripts/lib/ports.mjs";
import { run } from "@/scripts/lib/run.mjs";
import { testContext } from "../factories/ledger";
import { accept, givenGarage, sentTo, startedSandbox } from "../factories/message-garage";
import { givenMessage } from "../factories/messages";
import { environmentOf } from "../sandbox/start-sandbox";
import { type RunningService, startWorker } from "../support/app-process";

const sandbox = startedSandbox();
const SOON = { timeout: 20_000, interval: 50 };
vi.setConfig({ testTimeout: 90_000 }); // each test starts processes, and the machine may be busy

let workers: RunningService[] = [];
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  await pool().query("DELETE FROM graphile_worker._private_jobs");
  await pool().query("UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL");
});

async function givenWorker(env: Record<string, string> = {}): Promise<RunningService> {
  const databaseUrl = String(process.env.DATABASE_URL);
  const worker = await startWorker({ databaseUrl, env: { ...environmentOf(sandbox.current()), ...env } });
  workers.push(worker);
  return worker;
}

/** A customer's text to a garage with credits, as its webhook stores it. */
async function givenCustomer() {
  const ctx = testContext(new Date());
  const garage = await givenGarage(sandbox.current(), ctx, 500);
  const write = () => accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone }));
  const answers = async () => (await sentTo(garage.orgId)).filter((sent) => sent.author === "ai").length;
  return { garage, write, answers };
}

const aiRequests = () => sandbox.current().control.count({ provider: "ai" });
const modelNeverAnswers = () =>
  sandbox.current().control.behave({ provider: "ai", on: "complete", effect: { kind: "timeout" } });
const modelTakes = (ms: number) =>
  sandbox.current().control.behave({ provider: "ai", on: "complete", effect: { kind: "latency", ms } });

/** Messages that some worker holds, living or dead. */
const heldMessages = async () =>
  (
    await pool().query(
      "SELECT FROM graphile_worker.jobs WHERE locked_at IS NOT NULL AND task_identifier LIKE '%-message'",
    )
  ).rowCount;

const logged = (worker: RunningService): Record<string, unknown>[] =>
  worker.output.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
const messages = (worker: RunningService): unknown[] => logged(worker).map(({ msg }) => msg);

describe("application and worker without a setting", () => {
  it.each(["serve", "worker"])(
    "%s does not start, and names what is missing, not its value",
    async (name) => {
      const env = { ...process.env, AUTH_SECRET: "", META_APP_SECRET: "too short" };
      const ended = await run([bundled(name)], { env });
      expect(ended.code).toBe(1);
      expect(ended.output).toContain("AUTH_SECRET");
      expect(ended.output).toContain("META_APP_SECRET");
      expect(ended.output).not.toContain("too short");
    },
  );
});

describe("a worker that is killed while the model is asked", () => {
  it("leaves nothing locked for long: its message and the same customer's next one are answered by the next worker", async () => {
    const { write, answers } = await givenCustomer();
    const killed = await givenWorker();
    await modelNeverAnswers();
    await write();
    await expect.poll(aiRequests, SOON).toBe(1);
    process.kill(killed.pid, "SIGKILL");
    await killed.exited;
    await write();
    expect(await heldMessages()).toBe(1);

    const address = `127.0.0.1:${await anyFreePort()}`;
    const next = await givenWorker({ WORKER_LISTEN: address });
    await expect.poll(answers, SOON).toBe(2);
    await expect.poll(heldMessages, SOON).toBe(0);
    expect(messages(next)).toContain("freed the jobs of workers that are gone");
    expect(await (await fetch(`http://${address}/metrics`)).text()).toMatch(
      /^torqueflow_dead_workers_total 1$/m,
    );
  });

  it("and a worker that lives keeps what it holds, whoever starts beside it", async () => {
    const { write, answers } = await givenCustomer();
    await givenWorker();
    await modelTakes(4_000);
    await write();
    await expect.poll(aiRequests, SOON).toBe(1);
    const second = await givenWorker();
    await expect.poll(answers, SOON).toBe(1);
    // Classified once and answered once: nobody else took the job meanwhile.
    expect(await aiRequests()).toBe(2);
    expect(messages(second)).not.toContain("freed the jobs of workers that are gone");
  });
});

describe("a worker that is told to stop", () => {
  it("finishes the job under way, takes no later one, and ends with code 0", async () => {
    const { write, answers } = await givenCustomer();
    const worker = await givenWorker();
    await modelTakes(1_500);
    await write();
    await expect.poll(aiRequests, SOON).toBe(1);
    process.kill(worker.pid, "SIGTERM");
    await expect.poll(() => messages(worker), SOON).toContain("stopping");
    const later = await givenCustomer();
    await later.write();
    expect(await worker.exited).toBe(0);
    expect([await answers(), await later.answers()]).toEqual([1, 0]);
    expect(await heldMessages()).toBe(0);
    expect(logged(worker).at(-1)).toMatchObject({ msg: "stopped" });
  });
});

describe("what a worker shows", () => {
  it("is its health, its readiness and its metrics, these for the token alone", async () => {
    const address = `127.0.0.1:${await anyFreePort()}`;
    const token = "a-token-for-metrics";
    const worker = await givenWorker({ WORKER_LISTEN: address, METRICS_TOKEN: token });
    const ask = (path: string, headers: HeadersInit = {}) => fetch(`http://${address}${path}`, { headers });
    expect(await (await ask("/health")).json()).toEqual({ status: "ok" });
    expect(await (await ask("/ready")).json()).toEqual({ status: "ready" });
    expect((await ask("/")).status).toBe(404);
    for (const method of ["POST", "DELETE", "PUT"]) {
      const refused = await fetch(`http://${address}/metrics`, { method });
      expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    }
    const { write, answers } = await givenCustomer();
    await write();
    await expect.poll(answers, SOON).toBe(1);
    const text = await (await ask("/metrics", { authorization: `Bearer ${token}` })).text();
    expect(text).toContain('torqueflow_job_seconds_count{job="answer-message",outcome="done"} 1');
    expect(text).toMatch(/^torqueflow_job_last_done_timestamp_seconds\{job="answer-message"\} \d{10}/m);
    expect(text).toContain('torqueflow_settles_total{channel="sms",outcome="settled"} 1');
    await worker.stop();
    await expect(ask("/health")).rejects.toThrow();
  });

  it("refuses its metrics without the token where this is no demo", async () => {
    const address = `127.0.0.1:${await anyFreePort()}`;
    const real = Object.fromEntries(
      Object.entries(process.env)
        .filter(([, value]) => value?.includes("torqueflow-demo"))
        .map(([name, value]) => [name, String(value).replace("torqueflow-demo", "private-to-us")]),
    );
    await givenWorker({
      ...real,
      TORQUEFLOW_DEMO: "0",
      WORKER_LISTEN: address,
      METRICS_TOKEN: "a-token-for-metrics",
    });
    for (const headers of [{}, { authorization: "Bearer another-token-here" }]) {
      const refused = await fetch(`http://${address}/metrics`, { headers });
      expect([refused.status, (await refused.json()).error.code]).toEqual([401, "unauthenticated"]);
    }
  });

  it("is logged with the job's name, id and attempt in every line of a job, a failed one once and without what it quotes", async () => {
    const worker = await givenWorker();
    const missing = { orgId: newId(), conversationId: newId(), messageId: newId() };
    await enqueue(pool(), "watch-balance", { orgId: missing.orgId });
    await expect
      .poll(() => logged(worker).filter(({ job }) => job === "watch-balance"), SOON)
      .toEqual([
        expect.objectContaining({ jobId: expect.any(String), attempt: 1, msg: "a job failed", level: 50 }),
      ]);
    expect(worker.output.join("\n")).not.toContain(missing.orgId);
  });
});
