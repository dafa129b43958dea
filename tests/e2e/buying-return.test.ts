// The way back from Stripe, where the address says more than the server knows.
import type { Page } from "@playwright/test";
import { afterAll, beforeEach, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { openBrowser } from "../support/browser";
import { accountOf, atStripe, BILLING, buyNow, startBuying, toasts } from "../support/checkout";

const { open } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

let garage: StaffedGarage;
let page: Page;
beforeEach(async () => {
  garage = await givenStaffedGarage(ctx);
  page = await open(garage.owner, BILLING);
});
afterAll(closePool);

const sessionOf = async ({ orgId }: StaffedGarage): Promise<string> =>
  String((await atStripe(orgId)).sessions[0]?.id);

/** Comes to the address to which Stripe leads after a payment. The balance is read again once the server has answered. */
async function comeBack(sessionId: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.goto(`${BILLING}?checkout=success&session_id=${sessionId}`);
  await answered;
  await page.waitForResponse((response) => response.url().endsWith("/api/credits/balance"));
  await expect.poll(() => new URL(page.url()).search).toBe("");
}

test("an invented session is not called a purchase", async () => {
  await comeBack("cs_test_invented");
  await buyNow(page, "Starter").waitFor();
  expect(await toasts(page).count()).toBe(0);
});

test("another garage’s session is not called a purchase, and credits neither", async () => {
  const other = await givenStaffedGarage(ctx);
  const theirs = await open(other.owner, BILLING);
  await startBuying(theirs, "Starter");
  const session = await sessionOf(other);
  await sandbox.stripe.pay(session);
  await comeBack(session);
  expect(await toasts(page).count()).toBe(0);
  expect(await accountOf(garage.owner)).toEqual({ balance: 0, purchases: 0 });
});

test("a session that was not paid is not called a purchase", async () => {
  await startBuying(page, "Starter");
  await comeBack(await sessionOf(garage));
  await buyNow(page, "Starter").waitFor();
  expect(await toasts(page).count()).toBe(0);
});

test("a bank debit under way is called pending, and nothing is credited yet", async () => {
  await startBuying(page, "Starter");
  const session = await sessionOf(garage);
  expect(await sandbox.stripe.pay(session, { card: "bacs_debit" })).toMatchObject({
    outcome: "settles-later",
  });
  const PENDING = "Your payment is pending. Your credits are added as soon as your bank confirms it.";
  // Looked for from the start: it is gone again after some seconds.
  await Promise.all([toasts(page).filter({ hasText: PENDING }).waitFor(), comeBack(session)]);
  expect(await accountOf(garage.owner)).toEqual({ balance: 0, purchases: 0 });
});
