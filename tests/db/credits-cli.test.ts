import { afterEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { listPurchases } from "@/lib/billing/list-purchases";
import { checkCredits } from "@/lib/credits/check-credits";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import type { Listener } from "@/lib/db/listener";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { followChanges } from "@/lib/jobs/follow-changes";
import { logger } from "@/lib/shared/logger";
import { microUsd } from "@/lib/shared/money";
import { loadTestEnvironment } from "@/scripts/lib/environment.mjs";
import { run, tools } from "@/scripts/lib/run.mjs";
import { creditsCli as credits } from "@/tests/factories/credits-cli";
import { asMember, fullStart } from "@/tests/factories/ledger";
import { givenOrganisation } from "@/tests/factories/organisation";
import { withinASecond } from "@/tests/support/within-a-second";

const ctx = systemContext("test", { log: logger().child({}, { level: "silent" }) });

const balanceOf = async (orgId: string) =>
  (await prisma().creditAccount.findUniqueOrThrow({ where: { orgId } })).balance / 1_000_000n;

describe("balance", () => {
  test("shows state, balance and each lot with its expiry, in the order of the draw", async () => {
    const { slug, name } = await givenOrganisation(ctx, {
      allowance: 2_000,
      anchorDay: 31,
      gifted: 200,
      purchased: 1_300,
    });
    const { code, said } = await credits("balance", slug);
    expect(code).toBe(0);
    expect(said).toMatch(new RegExp(`^${name} \\(${slug}\\)\n  State +active\n  Balance +3,500 credits\n`));
    expect(said).toMatch(/Lots +monthly +2,000 {3}expires \d{1,2} \w+ 20\d\d\n +gifted +200 {3}expires .+\n/);
    expect(said).toMatch(/ {2}purchased +1,300 {3}no expiry$/);
  });

  test("shows a trial's spend and cap in pounds", async () => {
    const { slug } = await givenOrganisation(ctx, { state: "trial", allowance: 1_000, trialCapPence: 500 });
    expect((await credits("balance", slug)).said).toMatch(/Trial spend +£0\.00 of £5\.00/);
  });
});

describe("whatever an account's state", () => {
  test.each(["trial", "grandfathered", "past_due", "canceled", "demo"] as const)(
    "balance, grant, freeze and unfreeze of a %s account are done, and show its lots",
    async (state) => {
      const { slug } = await givenOrganisation(ctx, { state, purchased: 20 });
      for (const argv of [
        ["grant", slug, "5"],
        ["freeze", slug],
        ["balance", slug],
        ["unfreeze", slug],
      ]) {
        const { code, said } = await credits(...argv);
        expect([argv[0], code]).toEqual([argv[0], 0]);
        expect(said).toMatch(
          new RegExp(`State +${state}[\\s\\S]+gifted +5 [\\s\\S]+purchased +20 {3}no expiry`),
        );
      }
    },
  );
});

describe("grant", () => {
  test("a plain grant is gifted, says its key, and stands in the ledger under support's name", async () => {
    const { slug, orgId } = await givenOrganisation(ctx);
    const { code, said } = await credits("grant", slug, "1,500");
    expect(code).toBe(0);
    expect(said).toMatch(
      /Granted 1,500 gifted credits[\s\S]+Key: [\d-]{10} gifted 1500 [\s\S]+Balance +1,500 credits/,
    );
    const entries = await prisma().ledgerEntry.findMany({ where: { orgId } });
    expect(entries).toMatchObject([{ actor: "support:cli", reason: "granted from the command line" }]);
  });

  test("repeated as it is, a grant gives once a day; another amount, reason or key gives again", async () => {
    const { slug, orgId } = await givenOrganisation(ctx);
    await credits("grant", slug, "500");
    const again = await credits("grant", slug, "500");
    expect(again).toMatchObject({ code: 0, said: expect.stringMatching(/Nothing granted[\s\S]+--key/) });
    expect(await balanceOf(orgId)).toBe(500n);
    await credits("grant", slug, "501");
    await credits("grant", slug, "500", "--reason", "and once more");
    await credits("grant", slug, "500", "--key", "on purpose");
    expect(await balanceOf(orgId)).toBe(2_001n);
  });

  test("a gift stands in the audit with what it changed", async () => {
    const { slug, orgId } = await givenOrganisation(ctx, { purchased: 10 });
    await credits("grant", slug, "500", "--key", "ticket-8", "--reason", "Sorry about Tuesday");
    expect(await prisma().auditAct.findMany({ where: { orgId } })).toMatchObject([
      {
        actor: "support:cli",
        action: "gift",
        key: "ticket-8",
        reason: "Sorry about Tuesday",
        before: { balance: "10000000" },
        after: { balance: "510000000" },
      },
    ]);
  });

  test("a key grants once, and refuses another amount", async () => {
    const { slug, orgId } = await givenOrganisation(ctx);
    await credits("grant", slug, "500", "--key", "ticket-7");
    const again = await credits("grant", slug, "500", "--key", "ticket-7");
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining("Nothing granted") });
    const other = await credits("grant", slug, "600", "--key", "ticket-7");
    expect(other).toEqual({ code: 1, said: "", complaint: "This key was used before for something else." });
    expect(await balanceOf(orgId)).toBe(500n);
  });

  test("a key of the command line cannot stand in for a cycle's allowance", async () => {
    const { slug, orgId } = await givenOrganisation(ctx);
    await credits("grant", slug, "1", "--key", "allowance:2026-11-01");
    expect(
      await prisma().creditLot.count({ where: { orgId, sourceKey: { startsWith: "allowance:" } } }),
    ).toBe(0);
  });

  test("purchased credits never expire, and gifted ones when it is said", async () => {
    const { slug } = await givenOrganisation(ctx);
    await credits("grant", slug, "30", "--kind", "purchased", "--reason", "paid by bank transfer");
    const { said } = await credits("grant", slug, "20", "--expires", "2099-06-01");
    expect(said).toMatch(/gifted +20 {3}expires 1 June 2099\n +purchased +30 {3}no expiry/);
  });

  test("purchased credits stand in Purchase History, once, at the price that was paid", async () => {
    const { slug, orgId } = await givenOrganisation(ctx);
    await credits("grant", slug, "300", "--kind", "purchased");
    const paid = ["grant", slug, "1,000", "--kind", "purchased", "--price", "9.50", "--name", "Starter"];
    await credits(...paid);
    expect((await credits(...paid)).said).toContain("Nothing granted");
    expect(await listPurchases(asMember(ctx, orgId), orgId)).toMatchObject([
      { packName: "Starter", credits: 1_000, pricePence: 950, source: "manual", status: "paid" },
      { packName: "Credits from Torqueflow support", credits: 300, pricePence: 0 },
    ]);
    expect(await prisma().auditAct.count({ where: { orgId, action: "sell" } })).toBe(2);
  });

  test("an overdraft is shown, and settled first", async () => {
    const { slug, orgId } = await givenOrganisation(ctx, { gifted: 10 });
    const key = { orgId, channel: "voice", providerRef: "call-1" } as const;
    const start = fullStart(ctx.now());
    await settleInteraction(ctx, { ...key, cost: microUsd(150_000n), counted: true, start });
    expect((await credits("balance", slug)).said).toMatch(/Balance +0 credits\n {2}Overdraft +5 credits/);
    expect((await credits("grant", slug, "12")).said).toMatch(/Balance +7 credits\n {2}Allowance/);
  });
});

describe("adjust", () => {
  test("writes off an overdraft or takes credits, once for a key, and never more than there is", async () => {
    const { slug, orgId } = await givenOrganisation(ctx, { gifted: 10 });
    expect((await credits("adjust", slug, "--take", "4", "--key", "fix")).said).toMatch(
      /^Took 4 credits\.[\s\S]+Balance +6 credits/,
    );
    expect((await credits("adjust", slug, "--take", "4", "--key", "fix")).said).toContain("Nothing adjusted");
    expect(await balanceOf(orgId)).toBe(6n);
    const refused = await credits("adjust", slug, "--write-off", "1");
    expect([refused.code, refused.complaint]).toEqual([1, expect.stringContaining("at most the overdraft")]);
    expect(await prisma().auditAct.count({ where: { orgId, action: "adjust" } })).toBe(1);
  });
});

describe("subscription", () => {
  test("a trial becomes a subscription with the credits of its bays, and support's act is kept", async () => {
    const { slug, orgId } = await givenOrganisation(ctx, {
      state: "trial",
      allowance: 40,
      trialCapPence: 500,
    });
    const refused = await credits("subscription", slug, "--state", "active");
    expect([refused.code, refused.complaint]).toEqual([1, expect.stringContaining("needs its bays")]);
    const { code, said } = await credits("subscription", slug, "--state", "active", "--bays", "3");
    expect(code).toBe(0);
    expect(said).toMatch(
      /State +active\n +Balance +1,500 credits\n +Allowance +1,500 credits a month for 3 bays/,
    );
    await credits("subscription", slug, "--allowance", "4,000", "--reason", "their own figure");
    expect((await credits("balance", slug)).said).toMatch(
      /Balance +1,500 .+\n +Allowance +4,000 credits a month,/,
    );
    const acts = await prisma().auditAct.findMany({ where: { orgId }, orderBy: { at: "asc" } });
    expect(acts).toMatchObject([
      { before: { state: "trial" }, after: { state: "active", balance: "1500000000" } },
      { reason: "their own figure", after: { allowance: "4000000000" } },
    ]);
  });
});

describe("freeze and unfreeze", () => {
  test("stop and restart consumption, each with its reason in the audit", async () => {
    const { slug, orgId } = await givenOrganisation(ctx, { gifted: 10 });
    const check = { orgId, channel: "sms", providerRef: "1" } as const;
    expect((await credits("freeze", slug, "--reason", "suspected abuse")).said).toMatch(
      /is frozen[\s\S]+Balance +10 credits[\s\S]+Frozen +since .+: suspected abuse/,
    );
    expect(await checkCredits(ctx, check)).toEqual({ kind: "degrade", reason: "credit-exhaustion" });
    expect((await credits("freeze", slug)).said).toContain("frozen already: nothing changed");
    expect((await credits("unfreeze", slug)).said).toContain("no longer frozen");
    expect(await checkCredits(ctx, check)).toMatchObject({ kind: "allow" });
    const audit = await prisma().auditAct.findMany({ where: { orgId }, orderBy: { at: "asc" } });
    expect(audit.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      "support:cli freeze",
      "support:cli freeze",
      "support:cli unfreeze",
    ]);
    expect(audit[0]).toMatchObject({
      reason: "suspected abuse",
      before: { frozen: false, balance: "10000000" },
      after: { frozen: true, balance: "10000000" },
    });
  });
});

describe("reconcile", () => {
  test("says which accounts are in step, and what it rebuilt", async () => {
    const sound = await givenOrganisation(ctx, { gifted: 10 });
    const broken = await givenOrganisation(ctx, { gifted: 10 });
    await pool().query("UPDATE credit_account SET balance = balance + 5 WHERE org_id = $1", [broken.orgId]);
    const { code, said } = await credits("reconcile", "--all");
    expect(code).toBe(0);
    expect(said).toMatch(new RegExp(`${sound.slug} +in step`));
    expect(said).toMatch(
      new RegExp(`${broken.slug} +had drifted, rebuilt\n.+: 10000005, entries say 10000000`),
    );
    expect((await credits("reconcile", broken.slug)).said).toMatch(/in step$/);
  });
});

describe("as a process of its own", () => {
  const cli = tools.tsx("scripts/credits-cli.ts");
  const environment = () => ({ ...loadTestEnvironment(), DATABASE_URL: process.env.DATABASE_URL ?? "" });
  let listener: Listener | undefined;
  afterEach(() => listener?.stop());

  test("its grant is seen by this process's gate within a second", async () => {
    const { slug, orgId } = await givenOrganisation(ctx);
    const check = { orgId, channel: "voice", providerRef: "call" } as const;
    listener = followChanges();
    await expect.poll(listens).toBe(true);
    expect(await checkCredits(ctx, check)).toMatchObject({ kind: "degrade" });
    const { code, output } = await run([...cli, "grant", slug, "500"], { env: environment() });
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining("Granted 500 gifted credits"),
    });
    await withinASecond(async () => {
      expect(await checkCredits(ctx, check)).toMatchObject({ kind: "allow" });
    });
  });

  test("without a database it says so and fails", async () => {
    const env = { ...environment(), DATABASE_URL: "postgresql://postgres@127.0.0.1:1/none", DIRECT_URL: "" };
    const { code, output } = await run([...cli, "balance", "brightside"], { env });
    expect({ code, output: output.trim() }).toEqual({
      code: 1,
      output: "The database cannot be reached, or is too busy. Is it running?",
    });
  });
});

async function listens(): Promise<boolean> {
  const { rowCount } = await pool().query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'torqueflow-listener'
       AND query LIKE 'LISTEN%' AND state = 'idle'`,
  );
  return rowCount === 1;
}
