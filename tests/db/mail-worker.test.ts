import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/context";
import { closePool, pool } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { queueMail } from "@/lib/mail/queue-mail";
import { enqueue } from "@/lib/queue/enqueue";
import { givenMember } from "../factories/buyer";
import { givenOrganisation } from "../factories/organisation";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";
import { type RunningService, startWorker } from "../support/app-process";

// Mail as the worker sends it: a process of its own, and a mail server.
const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:9" });
Object.assign(process.env, environmentOf(sandbox));
const { control } = sandbox;
const ctx: Ctx = systemContext("test");
const SOON = { timeout: 30_000, interval: 50 };
vi.setConfig({ testTimeout: 90_000 }); // a worker is started, and the machine may be busy

let worker: RunningService;
beforeEach(async () => {
  await control.reset();
  const env = { ...environmentOf(sandbox), APP_URL: "https://app.torqueflow.test" };
  worker = await startWorker({ databaseUrl: String(process.env.DATABASE_URL), env });
});
afterEach(() => worker.stop());
afterAll(async () => {
  await sandbox.stop();
  await closePool();
});

async function givenLetters(count: number): Promise<{ orgId: string; email: string }> {
  const { orgId } = await givenOrganisation(ctx, { allowance: 100 });
  const { email } = await givenMember(ctx, orgId, "owner");
  await inTransaction(async (tx) => {
    for (let n = 0; n < count; n++)
      await queueMail(ctx, tx, {
        orgId,
        letter: "pack-withdrawn",
        cause: `pack:${n}`,
        data: { packName: "Starter" },
      });
  });
  return { orgId, email };
}

const statusesOf = async (orgId: string): Promise<string[]> =>
  (
    await pool().query<{ status: string }>("SELECT status FROM mail WHERE org_id = $1 ORDER BY status", [
      orgId,
    ])
  ).rows.map(({ status }) => status);

it("arrives within moments, with links to the application's own address", async () => {
  const { email } = await givenLetters(1);
  await expect.poll(() => control.mails(email), SOON).toHaveLength(1);
  const [mail] = await control.mails(email);
  for (const part of [mail?.text, mail?.html])
    expect(part).toContain("https://app.torqueflow.test/settings/billing#auto-top-up");
});

it("holds up nothing else, however slow the mail server is", async () => {
  await control.behave({
    provider: "smtp",
    on: "message",
    times: null,
    effect: { kind: "latency", ms: 1_500 },
  });
  const { orgId, email } = await givenLetters(6);
  await expect.poll(() => control.count({ provider: "smtp" }), SOON).toBeGreaterThan(0);
  for (let n = 0; n < 20; n++) {
    const other = await givenOrganisation(ctx, { allowance: 100 });
    await enqueue(pool(), "watch-balance", { orgId: other.orgId });
  }
  const waiting = "SELECT FROM graphile_worker.jobs WHERE task_identifier = 'watch-balance'";
  await expect.poll(async () => (await pool().query(waiting)).rowCount, SOON).toBe(0);
  expect(await statusesOf(orgId)).toContain("queued");
  await expect.poll(() => statusesOf(orgId), SOON).toEqual(Array(6).fill("sent"));
  expect(await control.mails(email)).toHaveLength(6);
});

it("that is refused is logged by letter and number, and never with the address or its words", async () => {
  await control.behave({
    provider: "smtp",
    on: "message",
    effect: { kind: "error", code: 550, details: "No such mailbox here" },
  });
  const { orgId, email } = await givenLetters(1);
  await expect.poll(() => statusesOf(orgId), SOON).toEqual(["failed"]);
  const lines = () => worker.output.filter((line) => line.includes("a mail could not be sent"));
  await expect.poll(lines, SOON).toHaveLength(1);
  expect(JSON.parse(String(lines()[0]))).toMatchObject({
    letter: "pack-withdrawn",
    reason: "smtp-550",
    orgId,
  });
  for (const secret of [email, "No such mailbox here", "Starter"])
    expect(worker.output.join("\n")).not.toContain(secret);
});
