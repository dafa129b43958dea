import { afterAll, expect, test } from "vitest";
import { prisma } from "@/lib/db/prisma";
import { credits } from "@/lib/shared/money";
import { givenBuyer, givenPack } from "../factories/buyer";
import { creditsCli as cli } from "../factories/credits-cli";
import { testContext } from "../factories/ledger";
import { balanceOf, buyAndPay, startPayments } from "../factories/payments";
import { givenTopUp, topUpJobs, use } from "../factories/top-ups";

const payments = await startPayments();
await payments.reset();
afterAll(payments.stop);

test("a pack is offered at Stripe's own price, changed, and withdrawn", async () => {
  expect((await cli("packs")).said).toContain("no packs yet");
  const offered = await cli("pack", "price_workshop", "--name", "Workshop", "--credits", "5,000");
  expect(offered.code).toBe(0);
  expect(offered.said).toMatch(/^Workshop: 5,000 credits for £45\.00, VAT included\./);
  await cli("pack", "price_workshop", "--name", "Garage", "--credits", "6000", "--position", "2");
  expect((await cli("packs")).said).toMatch(/^Garage +6,000 +credits +£45\.00 +offered +price_workshop$/);
  expect((await cli("pack", "price_workshop", "--withdraw")).said).toMatch(/withdrawn/);
  expect(await prisma().creditPack.count({ where: { active: true } })).toBe(0);
  const audit = await prisma().auditAct.findMany({ where: { orgId: null }, orderBy: { at: "asc" } });
  expect(audit).toMatchObject([
    { actor: "support:cli", action: "offer-pack", before: null, after: { name: "Workshop", active: true } },
    { action: "offer-pack", before: { name: "Workshop" }, after: { name: "Garage", credits: "6000000000" } },
    { action: "withdraw-pack", before: { active: true }, after: { name: "Garage", active: false } },
  ]);
});

test("a price that Stripe does not know, or a pack that is not there, is refused", async () => {
  const unknown = await cli("pack", "price_nowhere", "--name", "X", "--credits", "1");
  expect([unknown.code, unknown.complaint]).toEqual([1, 'Stripe knows no price "price_nowhere".']);
  expect((await cli("pack", "price_nowhere", "--withdraw")).code).toBe(1);
});

test.each([
  [["pack"], "the id of a price at Stripe"],
  [["pack", "price_starter"], "--name and --credits"],
  [["pack", "price_starter", "--name", "X", "--credits", "1.5"], "is not an amount"],
  [["payments", "--hours", "soon"], "--hours takes a whole number"],
  [["packs", "brightside"], "one argument too many"],
])("used wrongly, %j says what is missing", async (argv, words) => {
  const { code, complaint } = await cli(...argv);
  expect(code).toBe(2);
  expect(complaint).toContain(words);
});

test("payments asks Stripe for what never arrived", async () => {
  const buyer = await givenBuyer(testContext(new Date()));
  await buyAndPay(payments, buyer, await givenPack("price_starter"));
  await payments.control.dropDeliveries();
  const { code, said } = await cli("payments");
  expect([code, said]).toEqual([0, expect.stringMatching(/^Missed events acted on: [1-9]/)]);
  expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
});

test("top-up says how a garage's auto top-up stands, and what became of its attempts", async () => {
  const ctx = testContext(new Date());
  const pack = await prisma().creditPack.findFirstOrThrow({ where: { stripePriceId: "price_starter" } });
  const shown = { packId: pack.id, credits: 1_000, pricePence: 1_000 };
  const buyer = await givenTopUp(ctx, payments.stripe, shown, { monthlyLimitPence: 5_000 });
  const { slug, name } = await prisma().organization.findUniqueOrThrow({ where: { id: buyer.orgId } });
  await use(ctx, buyer, 100);
  await topUpJobs(ctx, buyer);
  const { code, said } = await cli("top-up", slug);
  expect(code).toBe(0);
  expect(said.split("\n")).toEqual([
    `${name} (${slug})`,
    "  Auto top-up is on.",
    "  Below 100 credits it buys price_starter.",
    "  This month: £10.00 of £50.00. Failures in a row: 0.",
    expect.stringMatching(/price_starter {2}£10\.00 {2}Paid\. The credits were added\.$/),
  ]);
  const other = await givenBuyer(ctx);
  const { slug: never } = await prisma().organization.findUniqueOrThrow({ where: { id: other.orgId } });
  expect((await cli("top-up", never)).said).toContain("never configured");
});
