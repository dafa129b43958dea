import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/context";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { inTransaction } from "@/lib/db/transaction";
import type { LetterName } from "@/lib/mail/letters";
import { type MailInput, queueMail } from "@/lib/mail/queue-mail";
import { enqueue } from "@/lib/queue/enqueue";
import { setClockAhead } from "@/lib/shared/clock";
import { newId } from "@/lib/shared/ids";
import { freezeAccount } from "@/lib/support/freeze-account";
import { listAttention } from "@/lib/support/list-attention";
import { givenMember } from "../factories/buyer";
import { runJobs } from "../factories/jobs";
import { asSupport } from "../factories/ledger";
import { givenOrganisation } from "../factories/organisation";
import { environmentOf, type RunningSandbox, startSandbox } from "../sandbox/start-sandbox";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
let ctx: Ctx;
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:9" });
  Object.assign(process.env, environmentOf(sandbox));
  ctx = systemContext("test");
});

beforeEach(async () => {
  await sandbox.control.reset();
  await pool().query("DELETE FROM mail");
});

let aheadMs = 0;
afterEach(() => {
  aheadMs = 0;
  setClockAhead(0);
});

afterAll(async () => {
  await sandbox.stop();
  await closePool();
});

/** Lets so much time pass for the business and for the job queue. */
async function later(ms: number): Promise<void> {
  aheadMs += ms;
  setClockAhead(aheadMs);
  await pool().query("UPDATE graphile_worker._private_jobs SET run_at = run_at - make_interval(secs => $1)", [
    ms / 1_000,
  ]);
}

async function givenOwners(count = 1, given: Parameters<typeof givenOrganisation>[1] = {}) {
  const { orgId, name } = await givenOrganisation(ctx, { allowance: 100, ...given });
  const owners = [];
  for (let n = 0; n < count; n++) {
    const { email, member } = await givenMember(ctx, orgId, "owner");
    owners.push({ email, userId: member.actor.userId });
  }
  return { orgId, name, owners, emails: owners.map(({ email }) => email).sort() };
}

const exhausted = (orgId: string, cause = "warning:100"): MailInput<"credits-exhausted"> => ({
  orgId,
  letter: "credits-exhausted",
  cause,
  data: { shortfall: 0, remedy: "buy" },
});

const expiring = (orgId: string, cause = "lot:1"): MailInput<"credits-expiring"> => ({
  orgId,
  letter: "credits-expiring",
  cause,
  data: { remaining: 20, expiresAt: "2027-02-01T00:00:00.000Z" },
});

const queue = <Name extends LetterName>(mail: MailInput<Name>, given = ctx) =>
  inTransaction((tx) => queueMail(given, tx, mail));

const received = async () => (await sandbox.control.mails()).flatMap(({ to }) => to).sort();

/** The mail server answers so to the next mails; `null`: to every one, until the behaviours are cleared. */
const refuse = (code: number, times: number | null = null) =>
  sandbox.control.behave({ provider: "smtp", on: "message", times, effect: { kind: "error", code } });

async function mailRows(orgId: string) {
  const { rows } = await pool().query<{ status: string; reason: string | null; attempts: number }>(
    "SELECT status, reason, attempts FROM mail WHERE org_id = $1 ORDER BY id",
    [orgId],
  );
  return rows;
}

describe("a queued letter", () => {
  it("reaches each owner once for its cause, in HTML and plain text, and nobody else", async () => {
    const { orgId, name, emails } = await givenOwners(2);
    await givenMember(ctx, orgId, "manager");
    expect(await queue(exhausted(orgId))).toBe(2);
    expect(await queue(exhausted(orgId))).toBe(0);
    await runJobs();
    expect(await received()).toEqual(emails);
    const [mail] = await sandbox.control.mails();
    expect(mail).toMatchObject({ from: "Torqueflow <billing@torqueflow.test>" });
    expect(mail?.subject).toBe(`${name} has no AI credits remaining`);
    expect(mail?.text).toContain("/settings/billing#credit-packs");
    expect(mail?.html).toContain("/settings/billing#credit-packs");
    expect(mail?.headers["auto-submitted"]).toBe("auto-generated");
    await queue(exhausted(orgId, "another cause"));
    await runJobs();
    expect(await received()).toHaveLength(4);
  });

  it("is not sent again where its job runs again, and what it said is forgotten", async () => {
    const { orgId, emails } = await givenOwners();
    await queue(exhausted(orgId));
    await runJobs();
    const { rows } = await pool().query<{ id: string; data: object }>(
      "SELECT id, data FROM mail WHERE org_id = $1",
      [orgId],
    );
    await enqueue(pool(), "send-mail", { orgId, mailId: String(rows[0]?.id) });
    await runJobs();
    expect(await received()).toEqual(emails);
    expect(rows[0]?.data).toEqual({});
  });

  it("is not sent where its cause was rolled back", async () => {
    const { orgId } = await givenOwners();
    await expect(
      inTransaction(async (tx) => {
        await queueMail(ctx, tx, exhausted(orgId));
        throw new Error("the cause failed");
      }),
    ).rejects.toThrow("the cause failed");
    await runJobs();
    expect([await received(), await mailRows(orgId)]).toEqual([[], []]);
  });

  it("is queued by the system alone, and with the letter’s own data", async () => {
    const { orgId } = await givenOwners();
    await expect(queue(exhausted(orgId), asSupport(ctx))).rejects.toMatchObject({ code: "forbidden" });
    const wrong = { ...exhausted(orgId), data: { shortfall: -1, remedy: "buy" } } as const;
    await expect(queue(wrong)).rejects.toThrow(/shortfall/);
  });

  it("goes to where an owner is reached when it is sent, and not to who is no owner any more", async () => {
    const { orgId, owners } = await givenOwners(2);
    const [stays, leaves] = owners;
    await queue(exhausted(orgId));
    await prisma().user.update({
      where: { id: stays?.userId ?? "" },
      data: { email: `${newId()}@moved.test` },
    });
    await prisma().member.updateMany({ where: { userId: leaves?.userId ?? "" }, data: { role: "manager" } });
    await runJobs();
    expect(await received()).toEqual([expect.stringContaining("@moved.test")]);
    expect((await mailRows(orgId)).map(({ status, reason }) => [status, reason])).toEqual(
      expect.arrayContaining([
        ["sent", null],
        ["dropped", "not-an-owner"],
      ]),
    );
  });

  it("about credits is not sent to a frozen or demo organisation, and by choice not to who does not want it", async () => {
    const frozen = await givenOwners();
    await queue(exhausted(frozen.orgId));
    await freezeAccount(asSupport(ctx), { orgId: frozen.orgId, frozen: true, key: "case", reason: "abuse" });
    const demo = await givenOwners(1, { state: "demo" });
    await queue(exhausted(demo.orgId));
    const chooses = await givenOwners(2);
    await queue(exhausted(chooses.orgId));
    await queue(expiring(chooses.orgId));
    await pool().query(
      "INSERT INTO mail_preference VALUES ($1, $2, 'credits-expiring', false), ($1, $2, 'credits-exhausted', false)",
      [chooses.orgId, chooses.owners[0]?.userId],
    );
    await runJobs();
    const [without, wants] = chooses.owners;
    expect(await received()).toEqual([without?.email, wants?.email, wants?.email].sort());
  });
});

describe("a mail server that is away or refuses", () => {
  it("for an hour: each mail arrives once afterwards", async () => {
    const { orgId, emails } = await givenOwners(3);
    await refuse(421);
    await queue(exhausted(orgId));
    for (let minutes = 0; minutes <= 60; minutes++) {
      await runJobs();
      await later(MINUTE_MS);
    }
    expect(await received()).toEqual([]);
    expect((await mailRows(orgId)).map(({ status, attempts }) => [status, attempts])).toEqual(
      emails.map(() => ["queued", 6]),
    );
    await sandbox.control.clearBehaviours();
    await later(HOUR_MS);
    await runJobs();
    await runJobs();
    expect(await received()).toEqual(emails);
    expect((await mailRows(orgId)).map(({ status }) => status)).toEqual(emails.map(() => "sent"));
  });

  it("gives a mail up after a day, and support is told", async () => {
    const { orgId } = await givenOwners();
    await refuse(451);
    await queue(exhausted(orgId));
    for (let hours = 0; hours < 32; hours++) {
      await runJobs();
      await later(HOUR_MS);
    }
    expect(await mailRows(orgId)).toEqual([
      { status: "failed", reason: "smtp-451", attempts: expect.any(Number) },
    ]);
    const concerns = (await listAttention(asSupport(ctx))).filter((concern) => concern.orgId === orgId);
    expect(concerns.map(({ what, text }) => [what, text])).toEqual([
      ["mail", expect.stringContaining("credits-exhausted")],
    ]);
    expect(concerns[0]?.text).not.toContain("@");
    await sandbox.control.clearBehaviours();
    await later(HOUR_MS);
    await runJobs();
    expect(await received()).toEqual([]);
  });

  it("a refused address fails at once, and holds up no other mail", async () => {
    const bounces = await givenOwners();
    const fine = await givenOwners();
    await refuse(550, 1);
    await queue(exhausted(bounces.orgId));
    await runJobs();
    await queue(exhausted(fine.orgId));
    await runJobs();
    expect(await mailRows(bounces.orgId)).toEqual([{ status: "failed", reason: "smtp-550", attempts: 1 }]);
    expect(await received()).toEqual(fine.emails);
  });

  it("that took a mail and lost its answer is sent it again under the same id", async () => {
    const { orgId } = await givenOwners();
    await sandbox.control.behave({ provider: "smtp", on: "message", effect: { kind: "lost-answer" } });
    await queue(exhausted(orgId));
    await runJobs();
    await later(MINUTE_MS);
    await runJobs();
    const mails = await sandbox.control.mails();
    expect(mails).toHaveLength(2);
    expect(new Set(mails.map(({ headers }) => headers["message-id"])).size).toBe(1);
    expect(await mailRows(orgId)).toEqual([{ status: "sent", reason: null, attempts: 2 }]);
  });

  it("an owner without an address fails at once", async () => {
    const { orgId, owners } = await givenOwners();
    await prisma().user.update({ where: { id: owners[0]?.userId ?? "" }, data: { email: "" } });
    await queue(exhausted(orgId));
    await runJobs();
    expect(await mailRows(orgId)).toEqual([{ status: "failed", reason: "no-address", attempts: 1 }]);
  });
});
