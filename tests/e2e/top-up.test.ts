// The sentences of `ai-credits.txt` on configuring and disabling auto top-up.
import type { Page } from "@playwright/test";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { card, openBrowser, PATIENCE } from "../support/browser";
import { BILLING, CARDS, toasts } from "../support/checkout";
import {
  confirmation,
  givenStarterBoughtBy,
  monthlyLimit,
  packChoice,
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

const PREVIEW =
  "When your balance drops below 100 credits, we’ll automatically charge £10.00 to your saved card.";
const STALE = "Auto top-up was changed elsewhere. Saving replaces what was saved there.";

const isFocused = (page: Page, name: string) =>
  page.evaluate((label) => {
    const { activeElement: at } = document;
    return (at?.getAttribute("aria-label") ?? at?.id ?? "").includes(label) || at?.textContent === label;
  }, name);

describe("without a saved payment method", () => {
  test("the toggle is disabled, and a link scrolls to the credit packs and takes the keyboard along", async () => {
    const page = await open(garage.owner, BILLING);
    await expect.poll(() => topUpSwitch(page).isDisabled()).toBe(true);
    await topUpCard(page)
      .getByText("No saved payment method found. Make a credit purchase to save your card.", { exact: true })
      .waitFor();
    await topUpCard(page).getByRole("link", { name: "See credit packs" }).press("Enter");
    const packs = card(page, "Credit Packs");
    await expect
      .poll(() => packs.evaluate((section) => section === document.activeElement), PATIENCE)
      .toBe(true);
    await expect
      .poll(() => packs.evaluate((section) => section.getBoundingClientRect().top))
      .toBeLessThan(700);
  });
});

describe("Toggle the switch to enable auto top-up.", () => {
  let page: Page;
  beforeEach(async () => {
    await givenStarterBoughtBy(garage, CARDS.good);
    page = await open(garage.owner, BILLING);
    await topUpReady(page);
  });
  afterEach(() => page.unrouteAll({ behavior: "ignoreErrors" }));

  test("fields, preview, confirmation and toast are as promised; off saves at once", async () => {
    await topUpSwitch(page).check();
    await expect.poll(() => threshold(page).getAttribute("placeholder")).toBe("10 to 1,000");
    await expect
      .poll(() => packChoice(page).locator("option").allInnerTexts())
      .toEqual([
        "Starter - 1,000 credits (£10.00)",
        "Workshop - 5,000 credits (£45.00)",
        "Fleet - 20,000 credits (£160.00)",
      ]);
    const preview = page.getByTestId("cost-preview");
    await expect.poll(() => preview.count()).toBe(0);
    await threshold(page).fill("100");
    await expect.poll(() => preview.innerText()).toBe(PREVIEW);
    await saveConfiguration(page);
    const dialog = confirmation(page, "Enable");
    await dialog.getByText(PREVIEW).waitFor();
    await expect.poll(() => dialog.getByText(/as soon as you confirm/).count()).toBe(0);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => isFocused(page, "Save Configuration")).toBe(true);
    await saveConfiguration(page);
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await toasts(page).getByText("Auto top-up enabled successfully", { exact: true }).waitFor();
    await topUpCard(page).getByText("Auto top-up is on.", { exact: true }).waitFor();
    await page.reload();
    await expect.poll(() => topUpSwitch(page).isChecked(), PATIENCE).toBe(true);
    await expect.poll(() => threshold(page).inputValue()).toBe("100");

    await topUpSwitch(page).uncheck();
    await toasts(page).getByText("Auto top-up disabled", { exact: true }).waitFor();
    await expect.poll(() => threshold(page).count()).toBe(0);
    await page.reload();
    await topUpSwitch(page).waitFor();
    await expect.poll(() => topUpSwitch(page).isChecked()).toBe(false);
  });

  test("a change asks again, under a title of its own", async () => {
    await turnOnBelow(page, 100);
    await packChoice(page).selectOption({ label: "Workshop - 5,000 credits (£45.00)" });
    await expect.poll(() => threshold(page).getAttribute("placeholder")).toBe("10 to 5,000");
    await monthlyLimit(page).fill("£90");
    await saveConfiguration(page);
    const dialog = confirmation(page, "Update");
    await dialog.getByText("No more than £90.00 is charged in a calendar month.").waitFor();
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await toasts(page).getByText("Auto top-up updated", { exact: true }).waitFor();
    await page.reload();
    await expect.poll(() => monthlyLimit(page).inputValue(), PATIENCE).toBe("90");
  });

  test("switched on and off again before it is saved, nothing is said and nothing was on", async () => {
    await topUpSwitch(page).check();
    await topUpSwitch(page).uncheck();
    await topUpCard(page)
      .getByText(/^Buys a credit pack with your saved card \(ending in 4242\)/)
      .waitFor();
    expect(
      await toasts(page)
        .getByText(/Auto top-up/)
        .count(),
    ).toBe(0);
  });

  test("what is wrong is said at its field, which gets the focus; nothing is asked", async () => {
    await topUpSwitch(page).check();
    for (const [typed, limit, message, label] of [
      ["9", "", "Enter a whole number from 10 to 1,000.", "threshold"],
      ["1,001", "", "Enter a whole number from 10 to 1,000.", "threshold"],
      ["100", "5", "Enter at least £10.00, the price of the pack, or leave it empty.", "monthlyLimitPence"],
      ["100", "soon", "Enter an amount in pounds, such as 50, or leave it empty.", "monthlyLimitPence"],
    ] as const) {
      await threshold(page).fill(typed);
      await monthlyLimit(page).fill(limit);
      await saveConfiguration(page);
      await topUpCard(page).getByText(message, { exact: true }).waitFor();
      await expect.poll(() => isFocused(page, label)).toBe(true);
      await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    }
  });

  test("what only the server finds wrong is said at its field as well, and what was typed stays", async () => {
    allow(/status of 400/);
    const error = {
      code: "invalid_input",
      message: "This credit pack is no longer available.",
      field: "packId",
    };
    await page.route("**/api/credits/top-up", async (route) => {
      if (route.request().method() !== "PUT") return route.fallback();
      await route.fulfill({ status: 400, json: { error } });
    });
    await topUpSwitch(page).check();
    await threshold(page).fill("100");
    await saveConfiguration(page);
    await confirmation(page, "Enable").getByRole("button", { name: "Confirm" }).click();
    await topUpCard(page).getByText(error.message, { exact: true }).waitFor();
    await expect.poll(() => isFocused(page, "packId")).toBe(true);
    await expect.poll(() => threshold(page).inputValue()).toBe("100");
    await packChoice(page).selectOption({ label: "Workshop - 5,000 credits (£45.00)" });
    await expect.poll(() => topUpCard(page).getByText(error.message).count()).toBe(0);
  });

  test("two owners at once: what was typed stays, and the other’s change is not overwritten unseen", async () => {
    await turnOnBelow(page, 100);
    const other = await open(garage.owner, BILLING);
    await threshold(other).fill("300");
    await threshold(page).fill("200");
    await saveConfiguration(page);
    await confirmation(page, "Update").getByRole("button", { name: "Confirm" }).click();
    await toasts(page).getByText("Auto top-up updated").waitFor();
    await topUpCard(other).getByText(STALE, { exact: true }).waitFor();
    await expect.poll(() => threshold(other).inputValue()).toBe("300");
    await topUpCard(other).getByRole("button", { name: "Discard my changes" }).click();
    await expect.poll(() => threshold(other).inputValue()).toBe("200");
  });

  test("a confirmation of what has been changed meanwhile saves nothing, and says so", async () => {
    await turnOnBelow(page, 100);
    const other = await open(garage.owner, BILLING);
    await threshold(other).fill("300");
    await saveConfiguration(other);
    await confirmation(other, "Update").waitFor();
    await topUpSwitch(page).uncheck();
    await toasts(page).getByText("Auto top-up disabled").waitFor();
    allow(/status of 409/);
    await confirmation(other, "Update").getByRole("button", { name: "Confirm" }).click();
    await toasts(other)
      .getByText(/has just been changed by somebody else/)
      .waitFor();
    await topUpCard(other)
      .getByText(/Saving switches it on again\./)
      .waitFor();
    await expect.poll(() => threshold(other).inputValue()).toBe("300");
    await page.reload();
    await topUpSwitch(page).waitFor();
    await expect.poll(() => topUpSwitch(page).isChecked()).toBe(false);
  });

  test("where the answer is lost, that is said in the dialog, and Confirm again finds it saved", async () => {
    allow(/net::ERR_|status of 409/);
    let lost = false;
    await page.route("**/api/credits/top-up", async (route) => {
      if (lost || route.request().method() !== "PUT") return route.fallback();
      lost = true;
      await route.fetch();
      await route.abort();
    });
    await topUpSwitch(page).check();
    await threshold(page).fill("100");
    await saveConfiguration(page);
    const dialog = confirmation(page, "Enable");
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await dialog.getByText(/could not be reached/).waitFor();
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await toasts(page)
      .getByText(/^Auto top-up (enabled successfully|updated)$/)
      .waitFor();
    await topUpCard(page).getByText("Auto top-up is on.").waitFor();
  });

  test("the keyboard alone is enough, from the switch to the saved configuration", async () => {
    await topUpReady(page);
    await topUpSwitch(page).focus();
    await page.keyboard.press("Space");
    await threshold(page).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("100");
    for (let step = 0; step < 3; step++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const dialog = confirmation(page, "Enable");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => isFocused(page, "Save Configuration")).toBe(true);
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    while (!(await isFocused(page, "Confirm"))) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await toasts(page).getByText("Auto top-up enabled successfully").waitFor();
  });
});
