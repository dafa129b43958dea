// The sentences of `ai-credits.txt` on monitoring auto top-up, with Stripe's test cards, and the way out of each trouble.
import type { Page } from "@playwright/test";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { axeFindings, card, openBrowser, PATIENCE } from "../support/browser";
import {
  accountOf,
  answerBank,
  atStripe,
  BILLING,
  CARDS,
  payBy,
  startBuying,
  toasts,
} from "../support/checkout";
import {
  addCardInPortal,
  buyStarterBy,
  confirmation,
  give,
  givenStarterBoughtBy,
  lastFailed,
  saveConfiguration,
  spend,
  threshold,
  topUpCard,
  topUpSwitch,
  turnOnBelow,
} from "../support/top-up";
import { answerOf } from "../support/voice-answer";

const { open } = openBrowser();
const { stripe, mails } = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");
const MINUTE_MS = 60_000;

/** Pays today, and is refused whenever it is charged without its holder. */
const DECLINES_LATER = "4000 0000 0000 0341";

let garage: StaffedGarage;
let page: Page;
beforeEach(async () => {
  garage = await givenStaffedGarage(ctx);
  page = await open(garage.owner, BILLING);
});
afterAll(closePool);

const balance = () => page.getByTestId("balance").textContent();

async function openActivity(): Promise<string[]> {
  const activity = topUpCard(page).locator("details").filter({ hasText: "Auto top-up activity" }).first();
  if (!(await activity.evaluate((details) => details.hasAttribute("open"))))
    await activity.locator("summary").first().click();
  await activity.getByRole("listitem").first().waitFor();
  return activity.getByRole("listitem").allInnerTexts();
}

describe("Monitor auto top-up activity", () => {
  test("a charge shows on the open page: credits, “Last auto top-up”, the month’s statistics, history and activity", async () => {
    await buyStarterBy(page, CARDS.good);
    await turnOnBelow(page, 100);
    await spend(ctx, garage, 950);
    await expect.poll(balance, PATIENCE).toBe("1,050");
    await page.getByText("Last auto top-up: just now", { exact: true }).waitFor();
    await page.getByText("This month: 1 auto top-up (£10.00)", { exact: true }).waitFor();
    await card(page, "Purchase History")
      .getByRole("row", { name: /Starter.*Auto top-up/ })
      .waitFor();
    const [attempt = ""] = await openActivity();
    for (const text of ["Starter - 1,000 credits", "£10.00", "Paid", "Card ending in 4242"])
      expect(attempt).toContain(text);
    await topUpCard(page)
      .getByText(/^Agreed to by /)
      .click();
    await topUpCard(page)
      .locator("blockquote")
      .getByText(
        "When your balance drops below 100 credits, we’ll automatically charge £10.00 to your saved card.",
      )
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const manager = await open(garage.manager, BILLING);
    await topUpCard(manager).getByText("Auto top-up is on.", { exact: true }).waitFor();
    await topUpCard(manager).getByText("100 credits", { exact: true }).waitFor();
    await topUpCard(manager).getByText("Starter - 1,000 credits (£10.00)", { exact: true }).waitFor();
    expect(await topUpCard(manager).getByRole("button").count()).toBe(0);
    expect((await atStripe(garage.orgId)).paid).toHaveLength(2);
  });

  test("a failed charge: the red banner, when it tries again, and a new card that recovers it", async () => {
    await givenStarterBoughtBy(garage, DECLINES_LATER);
    await turnOnBelow(page, 100);
    await spend(ctx, garage, 950);
    await lastFailed(page).waitFor();
    await topUpCard(page)
      .getByText(/^The last charge failed\. Auto top-up tries again after /)
      .waitFor();
    const [attempt = ""] = await openActivity();
    expect(attempt).toContain("Failed: Your bank declined the payment.");
    expect(await axeFindings(page)).toEqual([]);
    await page
      .getByRole("status")
      .filter({ has: lastFailed(page) })
      .getByRole("button", { name: "Manage Subscription" })
      .click();
    await addCardInPortal(page, CARDS.good);
    await topUpCard(page).waitFor();
    await saveConfiguration(page);
    const dialog = confirmation(page, "Update");
    await dialog
      .getByText("Your balance is below this already, so £10.00 is charged as soon as you confirm.")
      .waitFor();
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await expect.poll(balance, PATIENCE).toBe("1,050");
    await lastFailed(page).waitFor({ state: "detached" });
    await topUpCard(page).getByText("Auto top-up is on.", { exact: true }).waitFor();
  });

  test("each refusal of a bank is told in words; another card resumes it by itself", async () => {
    await givenStarterBoughtBy(garage, CARDS.good);
    const [bought] = (await atStripe(garage.orgId)).paid;
    const refuse = (as: "insufficient_funds" | "expired_card" | "lost_card") =>
      stripe.declineCard(String(bought?.payment_method), as);
    const latest = async () => (await openActivity())[0] ?? "";
    await turnOnBelow(page, 100);
    await refuse("insufficient_funds");
    await spend(ctx, garage, 950);
    await expect.poll(latest, PATIENCE).toContain("Failed: Your card has insufficient funds.");
    for (const [as, words] of [
      ["expired_card", "Your card has expired."],
      ["lost_card", "Your bank does not accept this card any more."],
    ] as const) {
      await refuse(as);
      await saveConfiguration(page);
      await confirmation(page, "Update").getByRole("button", { name: "Confirm" }).click();
      await expect.poll(latest, PATIENCE).toContain(`Failed: ${words}`);
      await topUpCard(page)
        .getByText(
          /^Paused: Your bank does not accept your saved card\. Add another card, or save auto top-up again,/,
        )
        .waitFor();
    }
    await page
      .getByRole("status")
      .filter({ has: lastFailed(page) })
      .getByRole("button", { name: "Manage Subscription" })
      .click();
    await addCardInPortal(page, "5555 5555 5555 4444");
    await expect.poll(balance, PATIENCE).toBe("1,050");
    await topUpCard(page).getByText("Auto top-up is on.", { exact: true }).waitFor();
  });

  test("a bank that wants its cardholder: the mail’s link leads through sign-in to Stripe, and paying there adds the credits, once", async () => {
    await buyStarterByAuthenticating();
    await turnOnBelow(page, 100);
    await spend(ctx, garage, 950);
    await topUpCard(page)
      .getByText(/^Your bank asks you to confirm the payment of £10\.00 for Starter, until /)
      .waitFor();
    const button = topUpCard(page).getByRole("link", { name: "Confirm the payment" });
    const inMail = async () =>
      (await mails(garage.owner)).flatMap(({ text }) => /http\S+\/confirm-top-up\/\S+/.exec(text) ?? []);
    await expect.poll(inMail, PATIENCE).toEqual([await button.getAttribute("href")]);
    const [link = ""] = await inMail();
    const stranger = await open((await givenStaffedGarage(ctx)).owner, link);
    await stranger.getByRole("heading", { name: "This payment cannot be confirmed here" }).waitFor();
    expect(await axeFindings(stranger)).toEqual([]);
    const signedOut = await open(null, link);
    await signedOut.getByLabel("Email").fill(garage.owner);
    await signedOut.getByLabel("Password").fill("torqueflow-demo");
    await signedOut.getByRole("button", { name: "Sign in" }).click();
    await signedOut.getByRole("heading", { name: "Pay Torqueflow" }).waitFor();
    await payBy(signedOut, CARDS.good);
    await signedOut.waitForURL(({ pathname }) => pathname === BILLING);
    await expect.poll(balance, PATIENCE).toBe("1,050");
    await topUpCard(page).getByText("Auto top-up is on.", { exact: true }).waitFor();
    await page.getByText("This month: 1 auto top-up (£10.00)", { exact: true }).waitFor();
    await signedOut.goto(link);
    await signedOut.getByRole("heading", { name: "This payment has been made" }).waitFor();
    expect((await atStripe(garage.orgId)).paid).toHaveLength(2);
    expect(await accountOf(garage.owner)).toEqual({ balance: 1_050, purchases: 2 });
  });

  test("a monthly limit that is reached is said, and nothing more is charged", async () => {
    await givenStarterBoughtBy(garage, CARDS.good);
    await topUpSwitch(page).check();
    await threshold(page).fill("100");
    await page.getByLabel("Monthly limit in pounds (optional)").fill("15");
    await saveConfiguration(page);
    await confirmation(page, "Enable").getByRole("button", { name: "Confirm" }).click();
    await spend(ctx, garage, 950);
    await topUpCard(page)
      .getByText(
        /^Another pack \(£10\.00\) would go beyond your monthly limit of £15\.00 \(£10\.00 spent\)\. Auto top-up goes on again on 1 /,
      )
      .waitFor();
    await expect.poll(balance, PATIENCE).toBe("1,050");
    await spend(ctx, garage, 1_000);
    await expect.poll(balance, PATIENCE).toBe("50");
    expect((await atStripe(garage.orgId)).paid).toHaveLength(2);
    await expect.poll(() => lastFailed(page).count()).toBe(0);
  });

  const buyStarterByAuthenticating = async () => {
    await startBuying(page, "Starter");
    await payBy(page, CARDS.authenticates);
    await answerBank(page, "Complete");
    await toasts(page)
      .getByText(/^Credits purchased successfully/)
      .waitFor();
  };
});

describe("warnings lead to what helps", () => {
  test("at 75% and 90%: “Buy credits”, and with a saved card “Turn on auto top-up”; once it is on, what it will do", async () => {
    const small = await givenStaffedGarage(ctx, { allowance: 1_000 });
    page = await open(small.owner, BILLING);
    await spend(ctx, small, 800);
    const warning = (text: string) => page.getByRole("status").filter({ hasText: text });
    await warning("Credits running low.").getByRole("link", { name: "Buy credits" }).waitFor();
    await spend(ctx, small, 150);
    await warning("Credits very low.").getByRole("link", { name: "Buy credits" }).waitFor();
    await buyStarterBy(page, CARDS.good);
    await spend(ctx, small, 950);
    await warning("Credits very low.").getByRole("link", { name: "Turn on auto top-up" }).press("Enter");
    await expect
      .poll(() => topUpCard(page).evaluate((section) => section === document.activeElement), PATIENCE)
      .toBe(true);
    await turnOnBelow(page, 50);
    await warning("Auto top-up buys more once your balance drops below 50 credits.").waitFor();
  });

  test("balance 0, card saved, Confirm: the next call is taken in full, within a minute", async ({
    annotate,
  }) => {
    await givenStarterBoughtBy(garage, CARDS.good);
    await spend(ctx, garage, 1_000);
    await expect.poll(() => answerOf(garage), PATIENCE).toBe("message-taker");
    const banner = page.getByRole("alert").filter({ hasText: "No credits remaining." });
    await banner.getByRole("link", { name: "Buy credits" }).waitFor();
    await banner.getByRole("link", { name: "Turn on auto top-up" }).click();
    await topUpSwitch(page).check();
    await threshold(page).fill("100");
    await saveConfiguration(page);
    const dialog = confirmation(page, "Enable");
    await dialog
      .getByText("Your balance is below this already, so £10.00 is charged as soon as you confirm.")
      .waitFor();
    const began = performance.now();
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await expect.poll(() => answerOf(garage), { timeout: MINUTE_MS, interval: 100 }).toBe("full");
    await annotate(`${((performance.now() - began) / 1_000).toFixed(1)} s from Confirm to a full answer`);
    await banner.waitFor({ state: "detached" });
    expect(await accountOf(garage.owner)).toEqual({ balance: 1_000, purchases: 2 });
  });

  test("switched off, it charges no more", async () => {
    await givenStarterBoughtBy(garage, CARDS.good);
    await turnOnBelow(page, 100);
    await topUpSwitch(page).uncheck();
    await toasts(page).getByText("Auto top-up disabled").waitFor();
    await spend(ctx, garage, 950);
    await give(ctx, garage, 1);
    await expect.poll(balance, PATIENCE).toBe("51");
    expect((await atStripe(garage.orgId)).paid).toHaveLength(1);
  });
});
