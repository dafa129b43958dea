// Cards that are refused or want authentication, money that goes back, and the way out of exhaustion.
import type { Page } from "@playwright/test";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { card, openBrowser, PATIENCE } from "../support/browser";
import {
  accountOf,
  answerBank,
  atStripe,
  BILLING,
  CARDS,
  payBy,
  SUCCESS,
  startBuying,
  toasts,
} from "../support/checkout";
import { answerOf } from "../support/voice-answer";

const { open } = openBrowser();
const { stripe } = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

const BOUGHT_ONE = { balance: 1_000, purchases: 1 };

let garage: StaffedGarage;
let page: Page;
beforeEach(async () => {
  garage = await givenStaffedGarage(ctx);
  page = await open(garage.owner, BILLING);
});
afterAll(closePool);

/** Back on the billing page, one payment was made and credited. */
async function expectBoughtOnce(): Promise<void> {
  await toasts(page).getByText(SUCCESS, { exact: true }).waitFor();
  await expect.poll(() => page.getByTestId("balance").textContent(), PATIENCE).toBe("1,000");
  expect(await accountOf(garage.owner)).toEqual(BOUGHT_ONE);
  expect((await atStripe(garage.orgId)).paid).toHaveLength(1);
}

const problem = () => page.getByRole("alert");

describe("Complete payment in Stripe Checkout.", () => {
  test("a declined card is told so where it was entered; another one pays, once", async () => {
    await startBuying(page, "Starter");
    await payBy(page, CARDS.declined);
    await problem().getByText("Your card was declined.").waitFor();
    expect((await atStripe(garage.orgId)).paid).toHaveLength(0);
    await payBy(page, CARDS.good);
    await expectBoughtOnce();
  });

  test("a card that wants authentication pays once its bank has said yes", async () => {
    await startBuying(page, "Starter");
    await payBy(page, CARDS.authenticates);
    await answerBank(page, "Complete");
    await expectBoughtOnce();
  });

  test("after a failed authentication nothing is bought; another card pays, once", async () => {
    await startBuying(page, "Starter");
    await payBy(page, CARDS.authenticates);
    await answerBank(page, "Fail");
    await problem()
      .getByText(/authenticat/i)
      .waitFor();
    expect(await accountOf(garage.owner)).toEqual({ balance: 0, purchases: 0 });
    await payBy(page, CARDS.good);
    await expectBoughtOnce();
  });
});

describe("money that goes back", () => {
  test("a refund takes its credits back and shows in Purchase History, on the open page", async () => {
    await startBuying(page, "Starter");
    await payBy(page, CARDS.good);
    await expectBoughtOnce();
    const [payment] = (await atStripe(garage.orgId)).paid;
    const paymentIntent = String(payment?.id);
    const row = card(page, "Purchase History").getByRole("row", { name: /Starter/ });
    await stripe.refund({ paymentIntent, amount: 400 });
    await row.getByText("Partly refunded").waitFor();
    await row.getByText("£4.00 returned").waitFor();
    await expect.poll(() => page.getByTestId("balance").textContent(), PATIENCE).toBe("600");
    await stripe.refund({ paymentIntent });
    await row.getByText("Refunded", { exact: true }).waitFor();
    await row.getByText("£10.00 returned").waitFor();
    await expect.poll(() => page.getByTestId("balance").textContent(), PATIENCE).toBe("0");
  });
});

describe("from exhausted to full capability", () => {
  const MINUTE_MS = 60_000;

  test("the first call after an owner’s purchase is taken in full, within a minute of the first click", async ({
    annotate,
  }) => {
    expect(await answerOf(garage)).toBe("message-taker");
    const banner = page.getByRole("alert").filter({ hasText: "No credits remaining." });
    await banner.waitFor();
    const began = performance.now();
    await startBuying(page, "Starter");
    await payBy(page, CARDS.good);
    await expect
      .poll(() => answerOf(garage), { timeout: MINUTE_MS - (performance.now() - began), interval: 100 })
      .toBe("full");
    await annotate(
      `${((performance.now() - began) / 1_000).toFixed(1)} s from the first click to a full answer`,
    );
    await banner.waitFor({ state: "detached" });
  });
});
