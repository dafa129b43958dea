// Choose Your Plan, the subscription card and the banner of an unpaid subscription, as each state and role shows them.
import type { Page } from "@playwright/test";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { closePool, pool } from "@/lib/db/pool";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { givenMirror, givenPlan } from "../factories/subscriptions";
import { card, DESK, expectAccessible, openBrowser, PATIENCE, PHONE } from "../support/browser";
import { BILLING } from "../support/checkout";
import { chooserReady } from "../support/subscribing";

const { open } = openBrowser();
const ctx = systemContext("test");

let garage: StaffedGarage;
beforeEach(async () => {
  await givenPlan(ctx);
  garage = await givenStaffedGarage(ctx);
});
afterAll(closePool);

const setState = (state: "trial" | "past_due" | "canceled") =>
  pool().query(
    "UPDATE credit_account SET state = $2::subscription_state, trial_cap_micro_gbp = 20000000 WHERE org_id = $1",
    [garage.orgId, state],
  );

const haveCustomer = () =>
  pool().query(
    `INSERT INTO stripe_customer (org_id, customer_id, created_at, card_brand, card_last4)
     VALUES ($1, $2, now(), 'visa', '4242')`,
    [garage.orgId, `cus_${garage.slug}`],
  );

const chooser = (page: Page) => card(page, "Choose Your Plan");
const bays = (page: Page) => page.getByRole("textbox", { name: "Bays" });
const total = (page: Page) => page.getByTestId("plan-total").innerText();
const overdue = (page: Page) =>
  page.getByRole("status").filter({ hasText: "Your last subscription payment did not go through." });

describe("Choose Your Plan", () => {
  let page: Page;
  beforeEach(async () => {
    await setState("trial");
    page = await open(garage.owner, BILLING);
    await chooserReady(page);
  });

  test("price per bay, VAT as a line of its own, total and credits follow bays and billing at once", async () => {
    await bays(page).fill("4");
    await expect.poll(() => total(page)).toBe("£480.00");
    for (const text of ["VAT (20%)", "£400.00", "£80.00", "2,000 credits a month", "Save 25%", "£75.00"])
      await chooser(page).getByText(text, { exact: true }).waitFor();
    await page.getByRole("radio", { name: "Annual" }).check();
    await expect.poll(() => total(page)).toBe("£4,320.00");
    for (const text of ["£3,600.00", "£720.00", "2,000 credits a month", "Total a year"])
      await chooser(page).getByText(text, { exact: true }).waitFor();
  });

  test("what is typed is forgiven, and what is out of range is said at the field and not sent", async () => {
    await bays(page).fill(" 3 bays ");
    await bays(page).blur();
    expect([await bays(page).inputValue(), await total(page)]).toEqual(["3", "£360.00"]);
    for (const text of ["51", "0", "2.5", ""]) {
      await bays(page).fill(text);
      await chooser(page).getByText("Enter a whole number from 1 to 50.").waitFor();
      await expect.poll(() => total(page)).toBe("–");
    }
    await page.getByRole("button", { name: "Upgrade Now" }).click();
    await expect.poll(() => bays(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await expect.poll(() => bays(page).getAttribute("aria-invalid")).toBe("true");
    await expect.poll(() => new URL(page.url()).pathname).toBe(BILLING);
  });

  test("the keyboard alone is enough: from Manage Subscription to the button that upgrades", async () => {
    await card(page, "Subscription").getByRole("link", { name: "Manage Subscription" }).press("Enter");
    await expect
      .poll(() => chooser(page).evaluate((section) => section === document.activeElement), PATIENCE)
      .toBe(true);
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: at } = document;
        return at?.getAttribute("aria-label") ?? (at?.id || at?.textContent?.trim());
      });
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    const order = [await focused()];
    for (let step = 0; step < 5; step++) {
      await page.keyboard.press("Tab");
      order.push(await focused());
      if (order.at(-1) === "bays") await page.keyboard.press("ArrowUp");
    }
    expect(order).toEqual([
      "interval-year",
      "One bay fewer",
      "bays",
      "One bay more",
      "Contact Torqueflow support",
      "Upgrade Now",
    ]);
    expect([await bays(page).inputValue(), await total(page)]).toEqual(["2", "£2,160.00"]);
  });
});

test("three quarters of a trial’s cap: the warning leads to the plans", async () => {
  await setState("trial");
  await pool().query("UPDATE credit_account SET trial_spent_micro_gbp = 15000000 WHERE org_id = $1", [
    garage.orgId,
  ]);
  const page = await open(garage.owner, BILLING);
  const warning = page.getByRole("status").filter({ hasText: "Credits running low." });
  await warning.getByRole("link", { name: "Choose Your Plan" }).press("Enter");
  await expect
    .poll(() => chooser(page).evaluate((section) => section === document.activeElement), PATIENCE)
    .toBe(true);
});

describe("the subscription card", () => {
  const subscription = (page: Page) => card(page, "Subscription");

  test("bays, price with VAT, the next invoice and the card, and the way to change them", async () => {
    await givenMirror(ctx, garage.orgId);
    await haveCustomer();
    const page = await open(garage.owner, BILLING);
    const facts = subscription(page).locator("dl > div");
    await facts.first().waitFor();
    expect((await facts.allInnerTexts()).map((text) => text.replace(/\s+/g, " "))).toEqual([
      "Bays 4 billed monthly",
      "Price a month £480.00 £400.00 + £80.00 VAT",
      "Next invoice 8 December £480.00",
      "Card Visa •••• 4242 ending in 4242",
    ]);
    await subscription(page).getByRole("button", { name: "Manage Subscription" }).waitFor();
    await card(page, "Invoices").getByText("No invoices yet").waitFor();
  });

  test("cancelled with an end: when it ends, and a way to resume", async () => {
    await givenMirror(ctx, garage.orgId, { endsAt: new Date("2027-12-08T15:00:00Z") });
    await haveCustomer();
    const page = await open(garage.owner, BILLING);
    await subscription(page).getByText("Ends on 8 December 2027", { exact: true }).waitFor();
    await subscription(page).getByRole("button", { name: "Resume Subscription" }).waitFor();
  });

  test("without a customer at Stripe, Manage Subscription leads to support", async () => {
    const page = await open(garage.owner, BILLING);
    const link = subscription(page).getByRole("link", { name: "Manage Subscription" });
    await expect.poll(() => link.getAttribute("href")).toMatch(/^(mailto:|https?:)/);
  });

  test("after its end: the day, and Choose Your Plan", async () => {
    await setState("canceled");
    await givenMirror(ctx, garage.orgId, {
      status: "canceled",
      outcome: "canceled",
      endedAt: new Date("2026-10-08T15:00:00Z"),
    });
    const page = await open(garage.owner, BILLING);
    await subscription(page)
      .getByText(/^Your subscription ended on 8 October( 2026)?\..*Choose a plan below to subscribe again\.$/)
      .waitFor();
    await expect.poll(() => bays(page).inputValue()).toBe("4");
    await page.getByRole("button", { name: "Upgrade Now" }).waitFor();
  });
});

describe("an overdue payment has a banner on every page", () => {
  test("who may manage the subscription gets “Update Payment”", async () => {
    await setState("past_due");
    await haveCustomer();
    for (const [email, path] of [
      [garage.owner, BILLING],
      [garage.owner, "/messages"],
      [garage.manager, "/voice"],
    ] as const) {
      const page = await open(email, path);
      await overdue(page).getByRole("button", { name: "Update Payment" }).waitFor();
      await expect.poll(() => overdue(page).getByRole("button").count()).toBe(1);
    }
  });

  test("everyone else is sent to the account owner, and credits are not mentioned", async () => {
    await setState("past_due");
    for (const [role, path] of [
      ["advisor", "/messages"],
      ["technician", "/diagnostics"],
    ] as const) {
      const page = await open(`${role}@${garage.slug}.test`, path);
      await overdue(page).getByText("Contact your account owner to resolve.", { exact: true }).waitFor();
      expect(await overdue(page).getByRole("button").count()).toBe(0);
      expect(await overdue(page).innerText()).not.toMatch(/credit/i);
    }
  });

  test("it comes and goes by itself, also for an advisor, and leaves the inbox its place", async () => {
    const page = await open(`advisor@${garage.slug}.test`, "/messages");
    await page.getByRole("heading", { level: 1, name: "Messaging Inbox" }).waitFor();
    await expect.poll(() => overdue(page).count()).toBe(0);
    await changeSubscription(ctx, { orgId: garage.orgId, state: "past_due" });
    await overdue(page).waitFor();
    const height = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    await expect.poll(height).toBe(0);
    await changeSubscription(ctx, { orgId: garage.orgId, state: "active" });
    await overdue(page).waitFor({ state: "detached" });
  });
});

describe("on a desk and on a phone: nothing for axe, and one direction to scroll in", () => {
  test.each(["trial", "past_due", "canceled"] as const)("%s", async (state) => {
    await setState(state);
    await givenMirror(
      ctx,
      garage.orgId,
      state === "past_due" ? {} : { endedAt: new Date("2026-10-08T15:00:00Z") },
    );
    await haveCustomer();
    const page = await open(garage.owner, BILLING);
    await card(page, "Subscription").getByText("Manage Subscription").waitFor();
    await expect.poll(() => page.locator("[aria-busy=true]").count(), PATIENCE).toBe(0);
    await expectAccessible(page, [DESK, PHONE]);
  });
});
