import { afterAll, describe, expect, it } from "vitest";
import { stripe as api } from "@/lib/billing/stripe/client";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { givenBuyer } from "../factories/buyer";
import { creditsCli as cli } from "../factories/credits-cli";
import { runJobs } from "../factories/jobs";
import { testContext } from "../factories/ledger";
import { startPayments } from "../factories/payments";
import { accountOf, allowancesOf, upgradeAndPay } from "../factories/subscribing";

const payments = await startPayments();
await payments.reset();
afterAll(payments.stop);

const MONTHLY = "price_bay_monthly";
const YEARLY = "price_bay_yearly";
const VAT = "txr_vat_20";

const setPlan = (monthly = MONTHLY, yearly = YEARLY, taxRate = VAT, ...more: string[]) =>
  cli("plan", "--monthly", monthly, "--yearly", yearly, "--tax-rate", taxRate, ...more);

it("the plan is set from Stripe's own prices and VAT, shown, and set anew", async () => {
  expect((await cli("plan")).said).toContain("There is no plan yet");
  const { code, said } = await setPlan();
  expect([code, said]).toEqual([0, expect.stringContaining("The plan is set.")]);
  expect((await cli("plan")).said.split("\n")).toEqual([
    "Torqueflow (prod_torqueflow)",
    "  Monthly      £100.00 a bay and month    price_bay_monthly",
    "  Yearly       £900.00 a bay and year     price_bay_yearly",
    "  VAT on top   20%                        txr_vat_20",
    "  Credits      500 a bay and month",
  ]);
  await setPlan(MONTHLY, YEARLY, VAT, "--credits", "600", "--key", "more");
  expect((await cli("plan")).said).toContain("600 a bay and month");
  const audit = await prisma().auditAct.findMany({ where: { action: "set-plan" }, orderBy: { at: "asc" } });
  expect(audit).toMatchObject([
    { actor: "support:cli", before: null, after: { monthlyPence: 10_000, creditsPerBay: "500000000" } },
    { key: "more", before: { creditsPerBay: "500000000" }, after: { creditsPerBay: "600000000" } },
  ]);
});

it("earlier plans stay known when another one is sold, and come back", async () => {
  const dearer = await api().prices.create({
    product: "prod_torqueflow",
    currency: "gbp",
    unit_amount: 12_000,
    recurring: { interval: "month" },
    tax_behavior: "exclusive",
  });
  await setPlan(dearer.id);
  const plans = async () =>
    (await pool().query("SELECT monthly_pence AS pence, current FROM subscription_plan ORDER BY pence")).rows;
  expect(await plans()).toEqual([
    { pence: 10_000, current: false },
    { pence: 12_000, current: true },
  ]);
  await setPlan();
  expect(await plans()).toEqual([
    { pence: 10_000, current: true },
    { pence: 12_000, current: false },
  ]);
});

it("another plan makes those who pay the earlier one's prices grandfathered as soon as the queue has run, and back", async () => {
  await setPlan();
  const ctx = testContext(new Date());
  const buyer = await givenBuyer(ctx, { state: "trial" });
  await upgradeAndPay(payments, buyer);
  await payments.control.flush({ provider: "stripe" });
  const state = async () => (await accountOf(buyer.orgId)).state;
  expect(await state()).toBe("active");
  const dearer = await api().prices.create({
    product: "prod_torqueflow",
    currency: "gbp",
    unit_amount: 13_000,
    recurring: { interval: "month" },
    tax_behavior: "exclusive",
  });
  await setPlan(dearer.id, YEARLY, VAT, "--key", "dearer");
  await runJobs();
  expect(await state()).toBe("grandfathered");
  expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
  await setPlan(MONTHLY, YEARLY, VAT, "--key", "as before");
  await runJobs();
  expect(await state()).toBe("active");
  expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
});

describe("what cannot be the plan's is refused with what is wrong", () => {
  it.each([
    [["price_nowhere", YEARLY, VAT], 'Stripe knows no price "price_nowhere".'],
    [[MONTHLY, YEARLY, "txr_nowhere"], 'Stripe knows no tax rate "txr_nowhere".'],
    [[YEARLY, YEARLY, VAT], "The price price_bay_yearly is not billed every month."],
    [[MONTHLY, MONTHLY, VAT], "The price price_bay_monthly is not billed every year."],
    [["price_starter", YEARLY, VAT], "The price price_starter is not a recurring one."],
  ] as const)("%j", async (ids, complaint) => {
    expect(await setPlan(...ids)).toMatchObject({ code: 1, complaint });
  });

  const made = async (wish: Partial<Parameters<ReturnType<typeof api>["prices"]["create"]>[0]>) =>
    (
      await api().prices.create({
        product: "prod_torqueflow",
        currency: "gbp",
        unit_amount: 9_000,
        recurring: { interval: "month" },
        tax_behavior: "exclusive",
        ...wish,
      })
    ).id;

  it("prices in another currency, with VAT included, of three months, of another product, archived", async () => {
    const said = async (priceId: string) => (await setPlan(priceId)).complaint;
    expect(await said(await made({ currency: "eur" }))).toContain("is not in pounds");
    expect(await said(await made({ tax_behavior: "inclusive" }))).toContain("VAT comes on top");
    expect(await said(await made({ recurring: { interval: "month", interval_count: 3 } }))).toContain(
      "is not billed every month",
    );
    expect(await said(await made({ product: "prod_starter" }))).toBe(
      "The two prices are not of one product at Stripe.",
    );
    const archived = await made({});
    await api().prices.update(archived, { active: false });
    expect(await said(archived)).toContain("is archived");
  });

  it("a tax rate that is included in the price, or archived", async () => {
    const rate = { display_name: "VAT", percentage: 20 };
    const included = await api().taxRates.create({ ...rate, inclusive: true });
    expect((await setPlan(MONTHLY, YEARLY, included.id)).complaint).toContain("(exclusive)");
    const archived = await api().taxRates.create({ ...rate, inclusive: false, active: false });
    expect((await setPlan(MONTHLY, YEARLY, archived.id)).complaint).toContain("is archived");
  });

  it("used wrongly, it says what is missing", async () => {
    expect(await cli("plan", "--monthly", MONTHLY)).toMatchObject({
      code: 2,
      complaint: expect.stringContaining("plan needs --monthly, --yearly and --tax-rate"),
    });
  });
});
