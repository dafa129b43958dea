// One conversation, as an advisor works it off.
import type { Page } from "@playwright/test";
import { beforeEach, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { pool } from "@/lib/db/pool";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import {
  axeFindings,
  axeFindingsInBothSchemes,
  NO_FINDINGS,
  openBrowser,
  PATIENCE,
  shows,
} from "../support/browser";

const { open, newPage } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const FROM = "+447700900651";
const DAY_SECONDS = 86_400;

let garage: StaffedGarage;
beforeEach(async () => {
  garage = await givenStaffedGarage(systemContext("test"));
  await sandbox.addLine(lineOf(garage));
});

const advisor = () => `advisor@${garage.slug}.test`;
const box = (page: Page) => page.getByRole("textbox", { name: /^Reply to/ });
const noteBox = (page: Page) => page.getByRole("textbox", { name: /^Internal note about/ });
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const sms = (text: string, from = FROM) => sandbox.sms({ line: garage.slug, from, text });

async function openThread(page: Page, name: string | RegExp = "07700 900651"): Promise<void> {
  await page.getByRole("link").filter({ hasText: name }).click();
  await page.getByRole("heading", { level: 2, name }).waitFor();
}

const inThread = (page: Page) => page.getByRole("log", { name: "Messages" });
const replies = async () =>
  (await sandbox.customer(garage.slug, FROM)).messages.map(({ text }) => text ?? "");

test("WhatsApp’s window counts down to the second, closes the reply box by itself, also after sleep, and keeps what was typed", async () => {
  const write = (text: string, ageSeconds = 0) =>
    sandbox.whatsApp({ line: garage.slug, from: FROM, name: "Chloe Bennett" }, { text, ageSeconds });
  await write("Is it ready?", DAY_SECONDS - 600);
  const page = await newPage(advisor());
  await page.clock.install();
  await page.goto("/messages");
  await openThread(page, "Chloe Bennett");
  await shows(page, /Window open · [789] min left/);
  const words = "It will be ready by five";
  await box(page).fill(words);
  // As after a sleep: timers that were due have not run one by one.
  await page.clock.fastForward(330_000);
  await shows(page, /Window open · [0-4]:\d\d left/);
  await page.clock.fastForward(400_000);
  await shows(page, "Window expired");
  await shows(page, "WhatsApp’s 24-hour window has closed");
  await shows(page, "Your unsent reply is kept");
  await shows(page, words);
  await expect.poll(() => box(page).count()).toBe(0);
  await write("Hello?");
  await box(page).waitFor();
  await expect.poll(() => box(page).inputValue()).toBe(words);
  await shows(page, /Window open · 23 h/);
});

test("a note is the team’s alone: its own mode in words and colour, its own draft, and never sent", async () => {
  await sms("What do you charge for an MOT?");
  const page = await open(advisor(), "/messages");
  await openThread(page);
  await box(page).fill("Dear customer");
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await noteBox(page).fill("Do not give him credit again");
  await expect.poll(() => page.getByRole("button", { name: "Send", exact: true }).count()).toBe(0);
  await page.reload();
  await shows(page, "Only your team sees this. It is never sent to the customer.");
  await expect.poll(() => noteBox(page).inputValue()).toBe("Do not give him credit again");
  await press(page, "Add note");
  await inThread(page).getByText("Internal note · only your team sees this").waitFor();
  await press(page, "Reply");
  await expect.poll(() => box(page).inputValue()).toBe("Dear customer");
  await press(page, "Send");
  await expect.poll(replies, PATIENCE).toContain("Dear customer");
  expect((await replies()).filter((text) => text.includes("credit again"))).toEqual([]);
});

test("by keyboard: to me, to a colleague, set aside until tomorrow, done, and on to the next one", async () => {
  await sms("Do you fit towbars?", "+447700900652");
  await sms("Can I bring the van in on Friday?");
  const page = await open(advisor(), "/messages");
  await openThread(page);
  await page.keyboard.press("a");
  await shows(page, "You assigned this to yourself");
  await page.getByRole("button", { name: "Assigned to You" }).click();
  const menu = page.getByRole("menu", { name: "Assign to" });
  await menu.getByRole("menuitemradio", { name: /manager/ }).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Escape");
  await expect.poll(() => menu.count()).toBe(0);
  await page.getByRole("button", { name: "Assigned to You" }).click();
  await menu.getByRole("menuitemradio", { name: /manager/ }).click();
  await shows(page, /You assigned this to \W?garage-\d+ manager/);

  await page.keyboard.press("s");
  await page.getByRole("menuitem", { name: /^Tomorrow/ }).click();
  await shows(page, /Snoozed until .*, 09:00, or until the customer writes/);
  // The page says so before the server has it: a message that came first would rightly refuse it.
  await inThread(page)
    .getByText(/You snoozed this until/)
    .waitFor();
  await sms("Or on Saturday?");
  await inThread(page).getByText("Or on Saturday?").waitFor();
  await expect.poll(() => page.getByText(/Snoozed until/).count(), PATIENCE).toBe(0);
  await page.keyboard.press("s");
  await page.getByRole("menuitem", { name: "Choose a time…" }).click();
  await page.getByLabel("Date and time in the UK").fill("2020-01-01T09:00");
  await press(page, "Snooze until 1 January 2020, 09:00");
  await page.getByRole("alert").getByText("Choose a time in the future.").waitFor();
  await page.keyboard.press("Escape");

  // As fast as can be: nothing that is typed becomes a command while the next one is still opening.
  await page.keyboard.press("e");
  await page.keyboard.type("rYes, see you then");
  await page.getByRole("heading", { level: 2, name: "07700 900652" }).waitFor();
  await expect.poll(() => box(page).inputValue(), PATIENCE).toBe("Yes, see you then");
  await expect.poll(() => box(page).evaluate((at) => at === document.activeElement)).toBe(true);
  const thread = page.locator("[aria-labelledby=thread-title]");
  await thread.getByRole("button", { name: "Done", exact: true }).waitFor();
});

test("canned responses: made by who manages, opened by a slash, filled in, and never sent with a gap", async () => {
  await sandbox.whatsApp({ line: garage.slug, from: FROM, name: "Chloe Bennett" }, { text: "Ready?" });
  const page = await open(advisor(), "/messages");
  await openThread(page, "Chloe Bennett");
  await box(page).pressSequentially("Hello! /");
  await shows(page, "Your garage has no canned responses yet.");
  await press(page, "Manage");
  await press(page, "New response");
  await page.getByLabel("Shortcut").fill("ready");
  await page.getByLabel("Text").fill("Hi {firstName}, your {vehicle} is ready. {garage}");
  expect(await axeFindings(page)).toEqual([]);
  await press(page, "Save");
  await press(page, "Close");
  await box(page).pressSequentially("rea");
  await page.getByRole("option", { name: /\/ready/ }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Enter");
  const filled = `Hello! Hi Chloe, your {vehicle} is ready. ${garage.name}`;
  await expect.poll(() => box(page).inputValue()).toBe(filled);
  await shows(page, "Fill in {vehicle} before you send.");
  await page.keyboard.press("Enter");
  await expect.poll(() => box(page).inputValue()).toBe(filled);
  // What is left to fill in is marked: typing replaces it.
  await page.keyboard.type("Golf");
  await page.keyboard.press("Enter");
  await inThread(page).getByText(`Hello! Hi Chloe, your Golf is ready. ${garage.name}`).waitFor();
  await expect.poll(() => box(page).inputValue()).toBe("");
});

test.each([1_280, 360])(
  "a long thread is read in parts, says what is new, and axe finds nothing in it, %i px wide",
  async (width) => {
    await sms("First of all: https://www.gov.uk/check-mot-status. مرحبا");
    const page = await open(advisor(), "/messages", { width });
    const read = page.waitForResponse((answer) => answer.url().endsWith("/read"));
    await openThread(page);
    await read;
    await pool().query(
      `INSERT INTO message (org_id, id, conversation_id, channel, direction, author, type, body, at, received_at)
       SELECT org_id, gen_random_uuid(), conversation_id, channel, direction, author, type, 'Message ' || n,
              at - interval '1 hour' * n, received_at - interval '1 hour'
       FROM message, generate_series(1, 180) AS n WHERE org_id = $1 AND author = 'customer'`,
      [garage.orgId],
    );
    await page.goto("/messages");
    await page.getByRole("link").filter({ hasText: "07700 900651" }).waitFor();
    await sms("Are you there?");
    await page.getByRole("link").filter({ hasText: "Are you there?" }).click();
    await inThread(page).getByRole("heading", { name: "New", exact: true }).waitFor();
    const link = inThread(page).getByRole("link", { name: "https://www.gov.uk/check-mot-status" });
    await expect.poll(() => link.getAttribute("rel")).toContain("noopener");

    expect(await page.getByText("Message 150", { exact: true }).count()).toBe(0);
    const early = inThread(page).getByText("Message 90", { exact: true });
    await early.scrollIntoViewIfNeeded();
    await page.getByText("Message 150", { exact: true }).waitFor({ state: "attached" });
    await expect.poll(() => early.evaluate((at) => at.getBoundingClientRect().bottom > 0)).toBe(true);
    await page.getByText("Message 180", { exact: true }).scrollIntoViewIfNeeded();
    await expect.poll(() => page.getByText("Loading earlier messages…").count(), PATIENCE).toBe(0);

    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(width);
    await page.keyboard.press("n");
    await noteBox(page).fill("He is a good customer");
    await press(page, "Add note");
    await inThread(page).getByText("He is a good customer").waitFor();
    expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  },
);
