// A trial becomes a paying garage on Stripe's own pages, changes its mind there, and comes back.
import type { Page } from "@playwright/test";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { card, openBrowser, PATIENCE } from "../support/browser";
import { atStripe, BILLING, CARDS, holdActions, payBy, toasts } from "../support/checkout";
import {
  chooserReady,
  givenCappedTrial,
  latestSession,
  nextCall,
  startSubscribing,
  subscriptionCard,
  subscriptionFacts,
  upgradeNow,
} from "../support/subscribing";

const { open, newTabBeside } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

let garage: StaffedGarage;
let page: Page;
beforeEach(async () => {
  garage = await givenCappedTrial(ctx);
  await sandbox.addLine(lineOf(garage));
  page = await open(garage.owner, BILLING);
});
afterEach(() => sandbox.clearBehaviours());
afterAll(closePool);

const told = (on: Page, title: string) => on.getByRole("status").filter({ hasText: title });

const sessionOf = () => latestSession(garage.orgId);

describe("Upgrade Now", () => {
  test("leads to Stripe; once it is paid the subscription is active, its credits are there, and the cap is lifted", async () => {
    const letGo = await holdActions(page);
    await chooserReady(page);
    await page.getByRole("textbox", { name: "Bays" }).fill("3");
    await page.getByRole("radio", { name: "Annual" }).check();
    await upgradeNow(page).click();
    const pressed = page.getByRole("button", { name: "Redirecting…" });
    await pressed.waitFor();
    await expect.poll(() => pressed.evaluate((button) => button === document.activeElement)).toBe(true);
    letGo();
    await page.getByRole("heading", { name: "Subscribe to Torqueflow" }).waitFor();
    await page.getByText("£3,240.00").first().waitFor();
    await payBy(page, CARDS.good);
    await told(page, "Your subscription is active.").waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("");
    await subscriptionCard(page).getByText("Active", { exact: true }).waitFor();
    await expect
      .poll(() => subscriptionFacts(page), PATIENCE)
      .toEqual([
        "Bays 3 billed yearly",
        "Price a year £3,240.00 £2,700.00 + £540.00 VAT",
        expect.stringMatching(/^Next invoice \d+ \w+ \d{4} £3,240\.00$/),
        "Card Visa •••• 4242 ending in 4242",
      ]);
    await expect.poll(() => page.getByTestId("balance").textContent(), PATIENCE).toBe("1,500");
    await card(page, "Credit Packs").getByRole("button", { name: "Buy Now" }).first().waitFor();
    await expect.poll(() => upgradeNow(page).count()).toBe(0);
    expect(await nextCall(garage)).toEqual({ level: 0, reason: null });
    const invoice = card(page, "Invoices").getByRole("row").nth(1);
    await invoice.getByText("Paid").filter({ visible: true }).waitFor();
    const [shown] = await Promise.all([
      page.context().waitForEvent("page"),
      invoice.getByRole("link", { name: /^View/ }).filter({ visible: true }).click(),
    ]);
    await shown.getByText("£3,240.00").first().waitFor();
  });

  test("another tab, of the manager too, follows by itself", async () => {
    const theirs = await open(garage.manager, BILLING);
    await upgradeNow(theirs).waitFor();
    await startSubscribing(page, 1);
    await sandbox.stripe.pay(await sessionOf());
    await subscriptionCard(theirs).getByText("Active", { exact: true }).waitFor();
    await theirs.getByTestId("balance").filter({ hasText: "500" }).waitFor();
    await expect.poll(() => upgradeNow(theirs).count()).toBe(0);
  });

  test("a double click makes one session; Back from Stripe’s page it leads there again", async () => {
    await chooserReady(page);
    await upgradeNow(page).dblclick();
    await page.getByRole("heading", { name: "Subscribe to Torqueflow" }).waitFor();
    const first = page.url();
    await page.goBack();
    await chooserReady(page);
    await upgradeNow(page).click();
    await page.getByRole("heading", { name: "Subscribe to Torqueflow" }).waitFor();
    await expect.poll(() => page.url()).toBe(first);
    expect((await atStripe(garage.orgId)).sessions).toHaveLength(1);
  });

  test("the same choice in two tabs is the same session", async () => {
    const other = await newTabBeside(page);
    await other.goto(BILLING);
    await startSubscribing(page, 2);
    await startSubscribing(other, 2);
    await expect.poll(() => other.url()).toBe(page.url());
  });

  test("where Stripe starts no checkout, that is said, and the button works again", async () => {
    await sandbox.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      effect: { kind: "error", code: 400 },
    });
    await chooserReady(page);
    await upgradeNow(page).click();
    await toasts(page).getByText("Checkout could not be started. Please try again in a moment.").waitFor();
    await startSubscribing(page, 1);
  });
});

describe("what is said on the way back follows what the server knows", () => {
  const BELOW = "Your plan has not changed. You can choose it again below.";

  test("cancelled at Stripe: nothing has changed", async () => {
    await startSubscribing(page, 2);
    await page.getByRole("link", { name: "Back" }).click();
    await told(page, "Checkout was cancelled.").getByText(BELOW).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("");
    await subscriptionCard(page).getByText("Trial", { exact: true }).waitFor();
  });

  test("an address that says “success” of a session that was not paid", async () => {
    await startSubscribing(page, 2);
    await page.goto(`${BILLING}?plan=success&session_id=${await sessionOf()}`);
    await told(page, "The payment was not completed.").getByText(BELOW).waitFor();
    await upgradeNow(page).waitFor();
  });

  test("an invented session says nothing", async () => {
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await page.goto(`${BILLING}?plan=success&session_id=cs_test_invented`);
    await answered;
    await expect.poll(() => new URL(page.url()).search).toBe("");
    await upgradeNow(page).waitFor();
    expect(await page.getByText(/payment has gone through|subscription is active/).count()).toBe(0);
  });

  test("a declined card changes nothing, and another one pays", async () => {
    await startSubscribing(page, 2);
    await payBy(page, CARDS.declined);
    await page
      .getByText(/declined/i)
      .first()
      .waitFor();
    expect(await nextCall(garage)).toEqual({ level: 3, reason: "trial-cap" });
    await payBy(page, CARDS.good);
    await told(page, "Your subscription is active.").waitFor();
  });

  test("a way back that came after the subscription was active says “cancelled” of nothing", async () => {
    await startSubscribing(page, 1);
    await sandbox.stripe.pay(await sessionOf());
    const theirs = await open(garage.manager, BILLING);
    await subscriptionCard(theirs).getByText("Active", { exact: true }).waitFor();
    await theirs.goto(`${BILLING}?plan=cancelled`);
    await subscriptionCard(theirs).getByText("Active", { exact: true }).waitFor();
    await expect.poll(() => new URL(theirs.url()).search).toBe("");
    expect(await told(theirs, "Checkout was cancelled.").count()).toBe(0);
  });
});
