import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Ctx, systemContext } from "@/lib/auth/context";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { inTransaction } from "@/lib/db/transaction";
import { type PersonalMailInput, queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { setClockAhead } from "@/lib/shared/clock";
import { metrics } from "@/lib/shared/metrics";
import { listAttention } from "@/lib/support/list-attention";
import { runJobs } from "../factories/jobs";
import { asSupport } from "../factories/ledger";
import { PERSONAL_LETTER_SAMPLES } from "../factories/letters";
import { environmentOf, type RunningSandbox, startSandbox } from "../sandbox/start-sandbox";

const HOUR_MS = 3_600_000;
let ctx: Ctx;
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:9" });
  Object.assign(process.env, environmentOf(sandbox));
  ctx = systemContext("test");
});
beforeEach(async () => {
  await sandbox.control.reset();
  await pool().query("DELETE FROM personal_mail");
});
afterEach(() => setClockAhead(0));
afterAll(async () => {
  await sandbox.stop();
  await closePool();
});

const DATA = PERSONAL_LETTER_SAMPLES["password-reset"];
type Reset = PersonalMailInput<"password-reset">;

const queue = (to: Reset["to"], cause = "link:1", data: Reset["data"] = DATA) =>
  inTransaction((tx) => queuePersonalMail(ctx, tx, { to, letter: "password-reset", cause, data }));

async function rows(): Promise<Record<string, unknown>[]> {
  const { rows: found } = await pool().query("SELECT status, reason, attempts, data FROM personal_mail");
  return found;
}

it("goes once for its cause to an address that belongs to nobody, and its token is forgotten then", async () => {
  await queue({ address: "new@reed.test" });
  await queue({ address: "new@reed.test" });
  expect((await rows())[0]?.data).toEqual(DATA);
  await runJobs();
  const mails = await sandbox.control.mails("new@reed.test");
  expect(mails.map(({ subject }) => subject)).toEqual(["Choose a new password"]);
  expect(mails[0]?.text).toContain(`/reset-password#${DATA.token}`);
  expect(await rows()).toEqual([{ status: "sent", reason: null, attempts: 1, data: {} }]);
});

it("to a user goes to where they are reached when it is sent, in no garage or in one; not to who is gone", async () => {
  const [here, gone] = await Promise.all(
    ["here", "gone"].map((name) =>
      prisma().user.create({ data: { id: ctx.newId(), name, email: `${name}@old.test` } }),
    ),
  );
  await queue({ userId: here?.id ?? "" });
  await queue({ userId: gone?.id ?? "" });
  await prisma().user.update({ where: { id: here?.id ?? "" }, data: { email: "here@moved.test" } });
  await prisma().user.delete({ where: { id: gone?.id ?? "" } });
  await runJobs();
  expect((await sandbox.control.mails()).flatMap(({ to }) => to)).toEqual(["here@moved.test"]);
  expect((await rows()).map(({ status, reason }) => [status, reason])).toEqual(
    expect.arrayContaining([
      ["sent", null],
      ["dropped", "no-such-user"],
    ]),
  );
});

it("is queued by the system alone, with the letter's own data, and not where its cause was rolled back", async () => {
  const mail = { to: { address: "a@b.test" }, letter: "password-reset", cause: "x", data: DATA } as const;
  const queued = (given: Ctx) => inTransaction((tx) => queuePersonalMail(given, tx, mail));
  await expect(queued(asSupport(ctx))).rejects.toMatchObject({ code: "forbidden" });
  await expect(queue(mail.to, "x", { ...DATA, token: "short" })).rejects.toThrow(/token/);
  const undone = inTransaction(async (tx) => {
    await queuePersonalMail(ctx, tx, mail);
    throw new Error("the cause failed");
  });
  await expect(undone).rejects.toThrow("the cause failed");
  expect(await rows()).toEqual([]);
});

it("is tried again for a day; then it is given up, counted and told to support without the address", async () => {
  const refusal = { kind: "error", code: 451 } as const;
  await sandbox.control.behave({ provider: "smtp", on: "message", times: null, effect: refusal });
  const failures = async () =>
    (await metrics().mails.get()).values.find(
      ({ labels }) => labels.letter === "password-reset" && labels.outcome === "failed",
    )?.value ?? 0;
  const before = await failures();
  await queue({ address: "away@reed.test" });
  for (let hours = 1; hours <= 32; hours++) {
    await runJobs();
    setClockAhead(hours * HOUR_MS);
    await pool().query(
      "UPDATE graphile_worker._private_jobs SET run_at = run_at - make_interval(hours => 1)",
    );
  }
  expect(await rows()).toEqual([
    { status: "failed", reason: "smtp-451", attempts: expect.any(Number), data: {} },
  ]);
  expect(await failures()).toBe(before + 1);
  const told = (await listAttention(asSupport(ctx))).filter(({ orgId }) => orgId === null);
  expect(told.map(({ what, text }) => [what, text])).toEqual([
    [
      "mail",
      expect.stringMatching(
        /^"password-reset" could not be sent to the address in personal_mail .*smtp-451$/,
      ),
    ],
  ]);
  expect(told[0]?.text).not.toContain("@");
});
