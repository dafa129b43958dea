// The list of conversations: views, search, keys and a place that stays while others come and go.
import type { Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool, pool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";
import { givenConversation } from "../factories/conversations";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { axeFindingsInBothSchemes, openBrowser, PATIENCE } from "../support/browser";

const { open } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

const MANY = 120;
let garage: StaffedGarage;
beforeAll(async () => {
  garage = await givenStaffedGarage(ctx, { allowance: 1_000 });
  await sandbox.addLine(lineOf(garage));
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  for (let nth = 1; nth <= MANY; nth++)
    await givenConversation(garage.orgId, {
      name: `Customer ${String(nth).padStart(3, "0")}`,
      says: [nth === 77 ? "Is the clutch in yet?" : "Hello"],
      at: minutesAgo(60 + nth),
      channel: nth % 2 === 0 ? "whatsapp" : "sms",
    });
  await givenConversation(garage.orgId, { name: "Dora Done", at: minutesAgo(30), doneAt: minutesAgo(10) });
  await givenConversation(garage.orgId, { name: "Will Wait", at: minutesAgo(20), attention: "ai-unsure" });
});
afterAll(closePool);

const advisor = () => `advisor@${garage.slug}.test`;
const rows = (page: Page) => page.getByRole("navigation", { name: "Conversations" }).getByRole("listitem");
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });
const view = (page: Page, name: RegExp) => page.getByRole("button", { name });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

test("an advisor finds, opens and leaves conversations by views, search and keys; the address keeps what is shown", async () => {
  const page = await open(advisor(), "/messages");
  await row(page, "Will Wait").getByText("Unread").waitFor({ state: "attached" });
  await view(page, /^Open\s*121$/).waitFor();
  await view(page, /^Done\s*1$/).click();
  await row(page, "Dora Done").waitFor();
  await expect.poll(() => rows(page).count()).toBe(1);
  await expect.poll(() => new URL(page.url()).search).toBe("?filter=done");
  await page.reload();
  await row(page, "Dora Done").waitFor();
  await page.goBack();
  await row(page, "Will Wait").waitFor();

  await page.keyboard.press("/");
  await page.keyboard.type("clutc");
  await expect.poll(() => rows(page).count(), PATIENCE).toBe(1);
  await row(page, "Customer 077").waitFor();
  // Letters in a field are letters.
  await expect.poll(() => page.getByRole("searchbox").inputValue()).toBe("clutc");
  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page)).toContain("Customer 077");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2, name: "Customer 077" }).waitFor();
  await expect.poll(() => new URL(page.url()).search).toBe("?search=clutc");
  await page.getByRole("searchbox").fill("nothing like this");
  await page.getByText("Nothing was found").waitFor();
  // Escape clears the field first, and leaves it then.
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("searchbox").inputValue()).toBe("");
  const isInSearch = () => page.getByRole("searchbox").evaluate((field) => field === document.activeElement);
  await expect.poll(isInSearch).toBe(true);
  await row(page, "Will Wait").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(isInSearch).toBe(false);

  await row(page, "Will Wait").getByRole("link").focus();
  await page.keyboard.press("j");
  await expect.poll(() => focused(page), PATIENCE).toContain("Customer 001");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => focused(page), PATIENCE).toContain("Customer 002");
  await page.keyboard.press("k");
  await expect.poll(() => focused(page), PATIENCE).toContain("Customer 001");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await help.waitFor();
  await help.getByRole("switch", { name: /^Single keys/ }).click();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  await expect.poll(() => focused(page), PATIENCE).toContain("Customer 001");
  await page.keyboard.press("j");
  await page.keyboard.press("?");
  await expect.poll(() => help.count()).toBe(0);
  await expect.poll(() => focused(page)).toContain("Customer 001");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => focused(page), PATIENCE).toContain("Customer 002");

  // By its address: its row comes into sight, and the focus does not go there.
  const below = row(page, "Customer 010");
  const path = await below.getByRole("link").getAttribute("href");
  await page.goto(path ?? "");
  await page.getByRole("heading", { level: 2, name: "Customer 010" }).waitFor();
  const isInSight = () => below.evaluate((at) => at.getBoundingClientRect().bottom <= innerHeight);
  await expect.poll(isInSight, PATIENCE).toBe(true);
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("nav") ?? null)).toBeNull();
});

test("the list scrolls on to its end, and keeps its place and the focus while a message arrives", async () => {
  const page = await open(advisor(), "/messages");
  await row(page, "Will Wait").waitFor();
  const list = page.locator("[data-keys=list]");
  const end = () =>
    list.evaluate((box) => {
      box.scrollTo(0, box.scrollHeight);
      return `${box.scrollTop} of ${box.scrollHeight}: ${box.textContent}`;
    });
  await expect.poll(end, PATIENCE).toContain(`Customer ${MANY}`);
  // Only what is in sight is in the page.
  await expect.poll(() => rows(page).count()).toBeLessThan(60);
  const steady = row(page, "Customer 115").getByRole("link");
  await steady.focus();
  const before = await steady.boundingBox();
  await sandbox.sms({ line: garage.slug, from: "+447700900671", text: "Morning" });
  await view(page, /^Open\s*122$/).waitFor();
  await expect.poll(async () => (await steady.boundingBox())?.y, PATIENCE).toBe(before?.y);
  await expect.poll(() => focused(page)).toContain("Customer 115");
});

test("filters that match nothing are cleared by key, and the keyboard stays among them", async () => {
  const page = await open(advisor(), "/messages?filter=done&channel=sms&reason=trial-cap");
  const clear = page.getByRole("button", { name: "Clear filters" });
  await clear.press("Enter");
  await row(page, "Dora Done").waitFor();
  await expect.poll(() => new URL(page.url()).search).toBe("?filter=done");
  const isAtChannel = () =>
    page.getByLabel("Channel", { exact: true }).evaluate((field) => field === document.activeElement);
  await expect.poll(isAtChannel).toBe(true);
});

test("a conversation that is open stays in its view when it no longer belongs there", async () => {
  const id = await givenConversation(garage.orgId, {
    name: "Mo Mine",
    at: new Date(),
    attention: "ai-failed",
  });
  const page = await open(advisor(), "/messages?filter=attention");
  await row(page, "Mo Mine").getByRole("link").click();
  await page.getByRole("heading", { level: 2, name: "Mo Mine" }).waitFor();
  await pool().query(
    `UPDATE conversation SET needs_attention = false, attention_reason = NULL, done_at = now() WHERE org_id = $1 AND id = $2`,
    [garage.orgId, id],
  );
  await sandbox.sms({ line: garage.slug, from: "+447700900672", text: newId() });
  await row(page, "Mo Mine").getByText("Done").waitFor();
  await row(page, "Will Wait").getByRole("link").click();
  await row(page, "Mo Mine").waitFor({ state: "detached" });
});

test("at 360 px and in both schemes the list can be used by everybody", async () => {
  const page = await open(advisor(), "/messages", { width: 360 });
  await row(page, "Will Wait").waitFor();
  expect(await axeFindingsInBothSchemes(page)).toEqual({ light: [], dark: [] });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  const wide = await open(advisor(), "/messages?search=customer");
  await row(wide, "Customer 001").waitFor();
  // The row is the server's: a key could come before the page listens, and a press of the button waits for it.
  await wide.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await wide.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  expect(await axeFindingsInBothSchemes(wide)).toEqual({ light: [], dark: [] });
});
