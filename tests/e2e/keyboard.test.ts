// The inbox without a mouse. Choosing a plan by keyboard is in plan.test.ts, buying in buying.test.ts.
import type { Page } from "@playwright/test";
import { expect, test } from "vitest";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { openBrowser, PATIENCE, shows } from "../support/browser";

const { allow, open } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);

/** Presses Tab until what has the focus says so. */
async function tabTo(page: Page, name: RegExp, most: number): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < most; step++) {
    await page.keyboard.press("Tab");
    const text = await page.evaluate(() => {
      const { activeElement: at } = document;
      return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
    });
    if (name.test(text)) return;
    seen.push(text.slice(0, 40));
  }
  throw new Error(`${name} was not reached: ${seen.join(" | ")}`);
}

test("an advisor opens a conversation, takes it over, replies and hands it back by keyboard alone", async () => {
  const from = "+447700900604";
  await sandbox.sms({ line: "coldstart", from, text: "Can I bring the van in on Friday?" });
  const page = await open("advisor@coldstart.test", "/messages");
  await page.getByRole("link").filter({ hasText: "07700 900604" }).waitFor();
  await tabTo(page, /^Skip to content$/, 1);
  await page.keyboard.press("Enter");
  await tabTo(page, /07700 900604/, 60);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2, name: "07700 900604" }).waitFor();
  await tabTo(page, /^Take over$/, 80);
  await page.keyboard.press("Enter");
  await shows(page, "With you");
  await tabTo(page, /^Reply to/, 20);
  await page.keyboard.type("Friday at nine is free.");
  await tabTo(page, /^Send/, 4);
  await page.keyboard.press("Enter");
  const sent = async () =>
    (await sandbox.customer("coldstart", from)).messages.some(
      ({ text }) => text === "Friday at nine is free.",
    );
  await expect.poll(sent, PATIENCE).toBe(true);
  // Back to the button above: what was pressed last keeps its place.
  for (let step = 0; step < 20; step++) {
    if (await page.evaluate(() => document.activeElement?.textContent === "Hand back")) break;
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.press("Enter");
  await shows(page, "AI paused");
});

test("a dialog whose script does not come says so in its place, and opens once it comes", async () => {
  allow(/ERR_FAILED|ChunkLoadError|Failed to load chunk/);
  const page = await open("advisor@coldstart.test", "/messages");
  await page.route(/\/_next\/static\/.*\.js/, (route) => route.abort());
  const button = page.getByRole("button", { name: "Keyboard shortcuts" });
  const missing = page.getByRole("dialog", { name: "The keyboard shortcuts couldn’t be loaded" });
  await button.click();
  await missing.waitFor();
  await page.keyboard.press("Escape");
  await missing.waitFor({ state: "detached" });
  await expect.poll(() => button.evaluate((at) => at === document.activeElement)).toBe(true);
  await button.click();
  await missing.waitFor();
  await page.unrouteAll({ behavior: "wait" });
  await missing.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("dialog", { name: "Keyboard shortcuts", exact: true }).waitFor();
  await page.getByRole("heading", { level: 1, name: "Messaging Inbox" }).waitFor({ state: "attached" });
});
