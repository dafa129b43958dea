// Auto top-up as each viewer and state has it, and where letters lead; axe in its forms.
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { closePool } from "@/lib/db/pool";
import { freezeAccount } from "@/lib/support/freeze-account";
import { asSupport } from "../factories/ledger";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { axeFindings, DESK, expectAccessible, openBrowser, PATIENCE, PHONE } from "../support/browser";
import { BILLING, CARDS, toasts } from "../support/checkout";
import {
  confirmation,
  givenStarterBoughtBy,
  saveConfiguration,
  threshold,
  topUpCard,
  topUpReady,
  topUpSwitch,
  turnOnBelow,
} from "../support/top-up";

const { open, allow } = openBrowser();
const ctx = systemContext("test");

let garage: StaffedGarage;
beforeEach(async () => {
  garage = await givenStaffedGarage(ctx);
});
afterAll(closePool);

test("who may view but not buy sees it without controls, and is told who can", async () => {
  const page = await open(garage.manager, BILLING);
  await topUpCard(page).getByText("Only the account owner can buy credits.").waitFor();
  await expect.poll(() => topUpSwitch(page).isDisabled()).toBe(true);
  expect(await topUpCard(page).getByRole("button").count()).toBe(0);
  expect(await topUpCard(page).getByText("No saved payment method found.").count()).toBe(0);
});

test("frozen by support it is not charged and cannot be changed, only switched off", async () => {
  await givenStarterBoughtBy(garage, CARDS.good);
  const page = await open(garage.owner, BILLING);
  await turnOnBelow(page, 100);
  await freezeAccount(asSupport(ctx), {
    orgId: garage.orgId,
    frozen: true,
    reason: "Looked into",
    key: ctx.newId(),
  });
  await page.reload();
  await topUpCard(page).getByRole("link", { name: "Contact Torqueflow support" }).waitFor();
  expect(await threshold(page).count()).toBe(0);
  expect(await page.locator("body").innerText()).not.toMatch(/\bhold\b|frozen|suspend/i);
  await topUpSwitch(page).uncheck();
  await toasts(page).getByText("Auto top-up disabled").waitFor();
  await expect.poll(() => topUpSwitch(page).isDisabled()).toBe(true);
});

test.each(["past_due", "canceled"] as const)(
  "%s, it rests: its card stays on the open page, without a form, until it is switched off",
  async (state) => {
    await givenStarterBoughtBy(garage, CARDS.good);
    const page = await open(garage.owner, BILLING, { width: 360, scheme: "dark" });
    await turnOnBelow(page, 100);
    allow(/status of 404/); // blocks that go may have been asking
    await changeSubscription(ctx, { orgId: garage.orgId, state });
    await topUpCard(page)
      .getByText("Nothing is charged just now: auto top-up needs an active subscription.", { exact: true })
      .waitFor();
    await topUpCard(page).getByText("Starter - 1,000 credits (£10.00)", { exact: true }).waitFor();
    expect(await topUpCard(page).locator("input:not([role=switch])").count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(360);
    expect(await axeFindings(page)).toEqual([]);
    await topUpSwitch(page).uncheck();
    await toasts(page).getByText("Auto top-up disabled").waitFor();
    await topUpCard(page).getByText("Auto top-up needs an active subscription.", { exact: true }).waitFor();
    await expect.poll(() => topUpSwitch(page).isDisabled()).toBe(true);
    await page.reload();
    await page.getByRole("heading", { name: "Invoices" }).waitFor();
    expect(await topUpCard(page).count()).toBe(0);
  },
);

test("a trial has its message about packs, and no auto top-up", async () => {
  const page = await open("owner@quayside.test", BILLING);
  await page
    .getByText(
      "Your trial includes free AI credits. Upgrade to a paid plan to purchase additional credits.",
      { exact: true },
    )
    .waitFor();
  expect(await topUpCard(page).count()).toBe(0);
});

test("a link of a letter leads to the card", async () => {
  const page = await open(garage.owner, "/voice");
  await page.goto(`${BILLING}#auto-top-up`);
  await topUpSwitch(page).waitFor();
  await expect
    .poll(() => topUpCard(page).evaluate((section) => section.getBoundingClientRect().top), PATIENCE)
    .toBeLessThan(700);
});

describe("axe finds nothing, light or dark", () => {
  test("the form with a fault, then its dialog", async () => {
    await givenStarterBoughtBy(garage, CARDS.good);
    const page = await open(garage.owner, BILLING);
    await topUpReady(page);
    await topUpSwitch(page).check();
    await saveConfiguration(page);
    await topUpCard(page).getByText("Enter a whole number from 10 to 1,000.").waitFor();
    await expect.poll(() => page.locator("[aria-busy=true]").count(), PATIENCE).toBe(0);
    await expectAccessible(page, [DESK, PHONE]);
    await threshold(page).fill("100");
    await saveConfiguration(page);
    await confirmation(page, "Enable").waitFor();
    await expectAccessible(page, [DESK, PHONE]);
  });
});
