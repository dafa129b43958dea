import { verifyPassword } from "better-auth/crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Ctx, systemContext } from "@/lib/auth/context";
import { ROLES } from "@/lib/auth/permissions";
import { checkCredits } from "@/lib/credits/check-credits";
import { billingPeriod } from "@/lib/credits/core/billing-cycle";
import { expireLots } from "@/lib/credits/expire-lots";
import { getBalance } from "@/lib/credits/get-balance";
import { configuredRates } from "@/lib/credits/rates";
import { reconcileAccount } from "@/lib/credits/reconcile-account";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { readBalance } from "@/lib/credits/store/balance";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { logger } from "@/lib/shared/logger";
import { londonDay, londonMoment } from "@/lib/shared/london-time";
import { wholeBalance } from "@/lib/shared/money";
import { demoId } from "@/prisma/seed/names";
import { DEMO_ORGANISATIONS, type DemoOrganisation } from "@/prisma/seed/organisations";
import { planHistory } from "@/prisma/seed/plan-history";
import { postHistory } from "@/prisma/seed/post-history";
import { seedDemo } from "@/prisma/seed/seed-demo";
import { loadTestEnvironment } from "@/scripts/lib/environment.mjs";
import { run, tools } from "@/scripts/lib/run.mjs";
import { asMember } from "../factories/ledger";

/** Five past midnight on the day after the clocks went forward. */
const DAY = "2027-03-29";
const NOW = londonMoment(DAY, 0, 0, 5);

const at = (now: Date): Ctx =>
  systemContext("seed", { now: () => now, log: logger().child({}, { level: "silent" }) });

const idOf = (slug: string) => demoId(`organisation:${slug}`);

const addDays = (day: string, count: number) =>
  new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);

function demo(slug: string): DemoOrganisation {
  const found = DEMO_ORGANISATIONS.find((org) => org.slug === slug);
  if (!found) throw new Error(`no ${slug}`);
  return found;
}

async function accountOf(slug: string) {
  const account = await prisma().creditAccount.findUniqueOrThrow({ where: { orgId: idOf(slug) } });
  const { lots } = await readBalance(account.orgId);
  return {
    ...account,
    lots: lots.map(({ kind, remaining }) => `${kind} ${wholeBalance(remaining)}`).join(", "),
  };
}

/** Every row of every table, as one word a table. */
async function fingerprint(): Promise<Record<string, string>> {
  const { rows: tables } = await pool().query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
  );
  const prints: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await pool().query<{ print: string }>(
      `SELECT count(*) || ' rows ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS print FROM "${name}" AS t`,
    );
    prints[name] = rows[0]?.print ?? "";
  }
  return prints;
}

beforeAll(async () => {
  expect((await seedDemo(at(NOW))).kind).toBe("seeded");
});

describe("the demo's organisations", () => {
  test.each([
    ["brightside", "active", 2_000, 1_480, "monthly 980, gifted 200, purchased 300"],
    ["lowfell", "active", 2_000, 190, "monthly 190"],
    ["ironbridge", "active", 2_000, 0, ""],
    ["oldmill", "grandfathered", 1_000, 1_000, "monthly 1000"],
    ["showroom", "demo", 0, 0, ""],
    ["coldstart", "active", 2_000, 900, "monthly 900"],
    ["millbrook", "past_due", 2_000, 1_390, "monthly 1390"],
    ["harrow", "canceled", 2_000, 850, "purchased 850"],
  ])("%s is %s with %i a cycle and exactly %i credits", async (slug, state, allowance, balance, lots) => {
    expect(await accountOf(slug)).toMatchObject({
      state,
      allowance: BigInt(allowance) * 1_000_000n,
      balance: BigInt(balance) * 1_000_000n,
      overdraft: 0n,
      lots,
      frozenAt: slug === "coldstart" ? expect.any(Date) : null,
    });
  });

  test.each([
    ["quayside", 1_200_000n],
    ["harbour", 5_000_000n],
  ])("%s is a trial with a cap of £5.00 and credits left", async (slug, spent) => {
    const account = await accountOf(slug);
    expect(account).toMatchObject({
      state: "trial",
      trialCapMicroGbp: 5_000_000n,
      trialSpentMicroGbp: spent,
    });
    expect(account.balance).toBeGreaterThan(0n);
  });

  test("the gate allows and degrades them as the demo promises", async () => {
    const reasons: Record<string, string> = {};
    for (const { slug, id } of DEMO_ORGANISATIONS) {
      const decision = await checkCredits(at(NOW), { orgId: id, channel: "voice", providerRef: "call" });
      reasons[slug] = decision.kind === "allow" ? "full" : decision.reason;
    }
    const allowed = {
      brightside: "full",
      lowfell: "full",
      quayside: "full",
      oldmill: "full",
      showroom: "full",
      millbrook: "full",
      harrow: "full",
    };
    const exhausted = { ironbridge: "credit-exhaustion", coldstart: "credit-exhaustion" };
    expect(reasons).toEqual({ ...allowed, ...exhausted, harbour: "trial-cap" });
  });

  test("each has its four provider identities", async () => {
    const rows = await prisma().channelNumber.findMany({ where: { orgId: idOf("quayside") } });
    expect(rows.map(({ channel, identity }) => `${channel} ${identity}`).sort()).toEqual([
      "sms +441134960004",
      "voice +441134960004",
      "voice vapi-number-4",
      "whatsapp 100000000000004",
    ]);
  });

  test("every account stands where its entries say", async () => {
    for (const { id } of DEMO_ORGANISATIONS)
      expect(await reconcileAccount(at(NOW), id)).toEqual({ kind: "in-step" });
  });
});

describe("brightside's usage", () => {
  test("there are 30 days of it on all four channels, and some in the cycle before", async () => {
    const { rows } = await pool().query<{ day: string; channels: bigint }>(
      `SELECT day, count(*) FILTER (WHERE credits > 0 AND interactions > 0) AS channels
       FROM usage_daily WHERE org_id = $1 GROUP BY day ORDER BY day`,
      [idOf("brightside")],
    );
    const whole = rows.filter(({ channels }) => channels === 4n).map(({ day }) => day);
    const last30 = Array.from({ length: 30 }, (_, index) => londonDay(londonMoment(DAY, index - 30, 12)));
    expect(whole).toEqual(expect.arrayContaining(last30));
    expect(rows.every(({ day }) => day < DAY)).toBe(true);
    const { startsAt } = billingPeriod(NOW, demoAnchor("brightside"));
    expect(whole.filter((day) => day < londonDay(startsAt)).length).toBeGreaterThan(10);
  });

  test("each day's total was posted on that day", async () => {
    const { rows } = await pool().query(
      `SELECT FROM (SELECT (posted_at AT TIME ZONE 'Europe/London')::date AS day, -sum(amount) AS credits
         FROM ledger_entry WHERE org_id = $1 AND kind = 'usage' GROUP BY 1) AS posted
       FULL JOIN (SELECT day, sum(credits) AS credits FROM usage_daily WHERE org_id = $1 GROUP BY 1) AS daily USING (day)
       WHERE posted.credits IS DISTINCT FROM daily.credits`,
      [idOf("brightside")],
    );
    expect(rows).toHaveLength(0);
  });

  test("each call stands in the call log", async () => {
    const where = { orgId: idOf("brightside") };
    const calls = await prisma().interaction.count({ where: { ...where, channel: "voice" } });
    expect(calls).toBeGreaterThan(60);
    expect(await prisma().voiceCall.count({ where })).toBe(calls);
  });
});

describe("the demo’s calls, messages and purchases agree with its ledger", () => {
  test("each metered message stands in a conversation, answered within seconds, and each question has its answer", async () => {
    for (const { id } of DEMO_ORGANISATIONS) {
      const where = { orgId: id };
      for (const channel of ["whatsapp", "sms"] as const) {
        const metered = await prisma().interaction.count({ where: { ...where, channel } });
        const handling = { notIn: ["shown", "team"] };
        expect(await prisma().message.count({ where: { ...where, channel, handling } })).toBe(metered);
      }
      const asked = await prisma().interaction.count({ where: { ...where, channel: "diagnostics" } });
      const told = { ...where, OR: [{ answer: { not: null } }, { degraded: true }] };
      expect(await prisma().diagnosticQuery.count({ where: told })).toBe(asked);
    }
    const { rows } = await pool().query(`SELECT max(answer.at - asked.at) < interval '30 s' AS soon
      FROM message AS answer JOIN message AS asked ON asked.id::text = substring(answer.source_key FROM '[^:]*$')`);
    expect(rows).toEqual([{ soon: true }]);
    expect(await prisma().conversation.count({ where: { orgId: idOf("brightside") } })).toBeGreaterThan(14);
    expect(await prisma().media.count({ where: { orgId: idOf("brightside"), state: "stored" } })).toBe(6);
  });

  test("each purchased lot has its line in Purchase History, and what was refunded says so", async () => {
    const { rows } = await pool().query(
      `SELECT FROM (SELECT org_id, source_key FROM credit_lot WHERE kind = 'purchased') AS lot
       FULL JOIN credit_purchase AS purchase USING (org_id, source_key)
       WHERE lot IS NULL OR purchase IS NULL`,
    );
    expect(rows).toHaveLength(0);
    const refunded = { orgId: idOf("brightside"), status: "refunded", returnedPence: 1_000 };
    expect(await prisma().creditPurchase.count({ where: refunded })).toBe(1);
  });
});

const demoAnchor = (slug: string) => londonMoment(DAY, -demo(slug).cycleAge);

test("everybody signs in with the one password, in their own role", async () => {
  const users = await prisma().user.findMany({ include: { accounts: true, members: true } });
  expect(users).toHaveLength(DEMO_ORGANISATIONS.length * ROLES.length + 1);
  for (const { slug, id } of DEMO_ORGANISATIONS) {
    for (const role of ROLES) {
      const user = users.find(({ email }) => email === `${role}@${slug}.test`);
      expect(user?.members).toMatchObject([{ organizationId: id, role }]);
    }
  }
  const support = users.find(({ email }) => email === "support@torqueflow.test");
  expect(support).toMatchObject({
    platformRole: "support",
    members: [],
    accounts: [{ providerId: "credential" }],
  });
  const hash = support?.accounts[0]?.password ?? "";
  expect(await verifyPassword({ hash, password: "torqueflow-demo" })).toBe(true);
});

describe("running again", () => {
  test("the renewal job finds nothing to do on the demo's day", async () => {
    const before = await fingerprint();
    expect(await sweepCycles(at(londonMoment(DAY, 0, 23, 59)))).toEqual({
      renewed: 0,
      expired: 0,
      failed: 0,
    });
    expect(await fingerprint()).toEqual(before);
  });

  test("a later day's run changes nothing", async () => {
    const before = await fingerprint();
    expect((await seedDemo(at(londonMoment(DAY, 9, 12)))).kind).toBe("already-seeded");
    expect(await fingerprint()).toEqual(before);
  });

  test("a run that was killed is finished by the next one, on the first one's day", async () => {
    const before = await fingerprint();
    const metadata = JSON.stringify({ demoDay: DAY, seededAt: NOW.toISOString(), seedVersion: 0 });
    const where = { slug: { in: ["brightside", "harbour", "coldstart"] } };
    await prisma().organization.updateMany({ where, data: { metadata } });
    await prisma().voicePersona.delete({ where: { orgId: idOf("brightside") } });
    const outcome = await seedDemo(at(londonMoment(DAY, 3, 12)));
    expect(outcome).toEqual({ kind: "seeded", slugs: ["brightside", "harbour", "coldstart"] });
    expect(await fingerprint()).toEqual(before);
  });
});

describe("any day of the year", () => {
  // A leap year's and a common year's February, and each change of the clocks.
  const days = Array.from({ length: 430 }, (_, index) => addDays("2028-01-01", index));

  test("each garage's running cycle began when its history says", () => {
    const subscribers = DEMO_ORGANISATIONS.filter(({ usedBefore }) => usedBefore !== undefined);
    const wrong = subscribers.flatMap(({ cycleAge }) =>
      days.filter((day) => {
        const begins = addDays(day, -cycleAge);
        return billingPeriod(new Date(`${day}T12:00:00Z`), londonMoment(begins)).key !== begins;
      }),
    );
    expect(wrong).toEqual([]);
  });

  const AWKWARD = "2027-01-01 2027-02-28 2028-02-29 2027-03-01 2027-03-28 2027-05-31 2027-10-31".split(" ");

  test.each(AWKWARD)("brightside comes out exactly when the demo starts on %s", async (day) => {
    const id = demoId(`brightside on ${day}`);
    const org = { ...demo("brightside"), id };
    const midnight = londonMoment(day, 0);
    await postHistory(at(midnight), [{ org, steps: planHistory(org, day, configuredRates(), midnight) }]);
    const endOfDay = at(londonMoment(day, 0, 23, 59));
    expect(await renewAllowance(endOfDay, id)).toMatchObject({ kind: "already-renewed" });
    expect(await expireLots(endOfDay, id)).toBe(0);
    const { balance, lots } = await getBalance(asMember(endOfDay, id), id);
    expect([balance, ...lots.map(({ credits }) => credits)]).toEqual([1_480, 980, 200, 300]);
  });
});

test("without TORQUEFLOW_DEMO=1 nothing is seeded, and the command says why", async () => {
  const example = Object.entries({ ...loadTestEnvironment(), DATABASE_URL: process.env.DATABASE_URL });
  const real = example.map(([name, value]) => [
    name,
    String(value).replaceAll("torqueflow-demo", "a-real-secret-of-ours"),
  ]);
  const env = { ...Object.fromEntries(real), TORQUEFLOW_DEMO: "0" };
  const { code, output } = await run(tools.tsx("prisma/seed/run.ts"), { env });
  expect(code).toBe(1);
  expect(output).toContain("seeded only with TORQUEFLOW_DEMO=1");
});
