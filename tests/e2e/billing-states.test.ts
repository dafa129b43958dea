// What the billing page says of each state, and the way out that it names.
import type { Page } from "@playwright/test";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { closePool, pool } from "@/lib/db/pool";
import { credits, microUsd } from "@/lib/shared/money";
import { fullStart } from "../factories/ledger";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { card, openBrowser, PATIENCE, shows } from "../support/browser";
import { BILLING, packOf } from "../support/checkout";

const { open, allow } = openBrowser();
const ctx = systemContext("test");

let garage: StaffedGarage;
beforeEach(async () => {
  garage = await givenStaffedGarage(ctx);
});
afterAll(closePool);

const setState = (state: "past_due" | "canceled") =>
  pool().query("UPDATE credit_account SET state = $2::subscription_state WHERE org_id = $1", [
    garage.orgId,
    state,
  ]);

const banner = (page: Page) => page.getByRole("alert").filter({ hasText: "No credits remaining." });

const give = (amount: number, key: string, expiresAt?: Date) =>
  grantCredits(ctx, {
    orgId: garage.orgId,
    kind: "gifted",
    amount: credits(amount),
    key,
    ...(expiresAt ? { expiresAt } : {}),
  });

describe("one sentence for each state, and its way out", () => {
  test("without credits: the banner leads to the Credit Packs, and takes the keyboard along", async () => {
    const page = await open(garage.owner, BILLING);
    await banner(page)
      .getByText(/Full service returns as soon as you have credits\.$/)
      .waitFor();
    await card(page, "Credit Packs").getByText("Best Value").waitFor();
    await banner(page).getByRole("link", { name: "Buy credits" }).press("Enter");
    const packs = card(page, "Credit Packs");
    await expect
      .poll(() => packs.evaluate((section) => section === document.activeElement), PATIENCE)
      .toBe(true);
    const top = await packs.evaluate((section) => section.getBoundingClientRect().top);
    expect(top).toBeLessThan(700);
    await page.keyboard.press("Tab");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Buy Now/);
  });

  test("coldstart, which support has stopped, looks exhausted: support’s address stands in Buy Now’s place", async () => {
    const page = await open("owner@coldstart.test", BILLING);
    await banner(page)
      .getByText(/Contact Torqueflow support to restore full service\.$/)
      .waitFor();
    const link = packOf(page, "Starter").getByRole("link", { name: "Contact Torqueflow support" });
    await expect.poll(() => link.getAttribute("href")).toMatch(/^(mailto:|https?:)/);
    expect(await card(page, "Credit Packs").getByRole("button").count()).toBe(0);
    expect(await page.locator("body").innerText()).not.toMatch(/\bhold\b|frozen|suspend/i);
  });

  test("past_due names the payment", async () => {
    await setState("past_due");
    const page = await open(garage.owner, BILLING);
    await banner(page)
      .getByText(/Full service returns once your payment has gone through\.$/)
      .waitFor();
    await banner(page).getByRole("link", { name: "Contact Torqueflow support" }).waitFor();
    await card(page, "Subscription").getByText("Payment overdue").waitFor();
    await shows(page, /Your last payment did not go through\./);
  });

  test("canceled names the subscription, which is “Cancelled”", async () => {
    await setState("canceled");
    const page = await open(garage.owner, BILLING);
    await banner(page)
      .getByText(/Full service returns when you subscribe again\.$/)
      .waitFor();
    await card(page, "Subscription").getByText("Cancelled", { exact: true }).waitFor();
    expect(await page.locator("body").innerText()).not.toContain("Canceled");
  });
});

const CENT = 10_000n;

/** A call that costs so much. */
const use = (cost: bigint) =>
  settleInteraction(ctx, {
    orgId: garage.orgId,
    channel: "voice",
    providerRef: ctx.newId(),
    cost: microUsd(cost),
    counted: true,
    start: fullStart(ctx.now()),
  });

describe("what a balance of 0 is made of", () => {
  test("a purchase that settled a shortfall: how much, and what is still needed", async () => {
    await use(1_010n * CENT);
    const { orgId } = garage;
    const key = `stripe:payment_intent:pi_${ctx.newId()}`;
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(1_000), key });
    const page = await open(garage.owner, BILLING);
    await expect.poll(() => page.getByTestId("balance").innerText()).toBe("0");
    await card(page, "Credit Balance")
      .getByText(
        "Your last purchase settled 1,000 credits that had been used beyond your balance; 10 more credits are needed before any are available.",
      )
      .waitFor();
    const owed = "10 credits were used beyond your balance.";
    await banner(page)
      .getByText(`${owed} Full service returns once you have bought more than that.`)
      .waitFor();
    allow(/status of 404/); // what the open page asks for once its part of the dashboard is not shown any more
    await setState("past_due");
    await page.reload();
    await banner(page)
      .getByText(`${owed} Once your payment has gone through, your next credits settle that first.`)
      .waitFor();
  });

  test("half a credit is less than one credit, not none", async () => {
    await give(1, "states:one");
    await use(CENT / 2n);
    const page = await open(garage.owner, BILLING);
    await expect.poll(() => page.getByTestId("balance").innerText()).toBe("0");
    await card(page, "Credit Balance")
      .getByText("credits available (less than one credit is left)")
      .waitFor();
  });
});

describe("a trial’s cap, named beside its credits", () => {
  const spend = (microGbp: bigint) =>
    pool().query(
      "UPDATE credit_account SET state = 'trial', trial_cap_micro_gbp = 20000000, trial_spent_micro_gbp = $2 WHERE org_id = $1",
      [garage.orgId, microGbp],
    );

  test("at three quarters: the warning and the balance say that the cap counts", async () => {
    await give(367, "states:trial");
    await spend(15_000_000n);
    const page = await open(garage.owner, BILLING);
    await shows(page, "Credits running low.");
    await shows(page, "Your trial’s cost cap counts, not its credits: £15.00 of £20.00 is used.");
    await card(page, "Credit Balance")
      .getByText("Your trial is limited by its cost cap (£15.00 of £20.00), not by these credits.")
      .waitFor();
  });

  test("once it is reached: no estimate, and the way out is a paid plan", async () => {
    await give(367, "states:trial");
    await spend(20_000_000n);
    const page = await open(garage.owner, BILLING);
    await banner(page)
      .getByText(/reached its cost cap \(£20\.00 of £20\.00\), whatever credits are left\. Upgrade/)
      .waitFor();
    const balance = card(page, "Credit Balance");
    await balance
      .getByText("Your trial has reached its cost cap (£20.00 of £20.00), whatever credits are left.")
      .waitFor();
    await expect.poll(() => page.getByTestId("balance").innerText()).toBe("367");
    expect(await balance.getByText(/should last|Not enough usage data/).count()).toBe(0);
  });
});

describe("dates", () => {
  test("gifts of two years are two rows, with the year where it is not this one", async () => {
    const year = new Date().getFullYear();
    await give(7, "dates:next", new Date(Date.UTC(year + 1, 5, 1)));
    await give(8, "dates:after", new Date(Date.UTC(year + 2, 5, 1)));
    const page = await open(garage.owner, BILLING);
    const list = card(page, "Credit Balance").locator("dl");
    await list.waitFor();
    const rows = (await list.locator("> div").allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
    expect(rows.slice(-2)).toEqual([
      `Gifted credits expires 1 June ${year + 1} 7`,
      `Gifted credits expires 1 June ${year + 2} 8`,
    ]);
  });

  test("both cards name the day on which the credits refresh", async () => {
    const page = await open("owner@brightside.test", BILLING);
    const renews = await card(page, "Subscription")
      .getByText(/^Credits refresh /)
      .innerText();
    await card(page, "Credit Balance")
      .getByText(renews.replace("Credits refresh", "refreshes"), { exact: true })
      .waitFor();
  });
});

test("figures follow on a page that the browser has translated", async () => {
  const { orgId, owner } = await givenStaffedGarage(ctx, { allowance: 1_000 });
  const page = await open(owner, BILLING);
  const share = card(page, "Credit Balance").getByText(/^[\d,]+% of 1,000$/);
  const percent = async () => Number.parseInt(await share.innerText(), 10);
  await share.waitFor();
  const before = await percent();
  // A translation comes once the page stands: React has taken over each block by then.
  await page.waitForFunction(() =>
    [...document.querySelectorAll("main h2, main p")].every((element) =>
      Object.keys(element).some((key) => key.startsWith("__reactFiber")),
    ),
  );
  // What a translation does: each text node is replaced by an element of its own.
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector("main") as Element, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      const font = document.createElement("font");
      text.replaceWith(font);
      font.append(text.data);
    }
  });
  await grantCredits(ctx, { orgId, kind: "gifted", amount: credits(200), key: "e2e:translated" });
  await expect.poll(percent, PATIENCE).toBe(before + 20);
});
