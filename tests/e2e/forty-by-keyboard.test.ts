// A weekend without credits: forty conversations wait, and an advisor without a mouse works them all off.
import type { Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { memberOf, openBrowser, PATIENCE } from "../support/browser";
import { LOOKS_LONGER } from "../support/effort";

const { open } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
/** The usual run is content with half of them. */
const ALL = LOOKS_LONGER ? 40 : 20;
/** Every fifth wrote on WhatsApp so long ago that its window has closed. */
const isLate = (nth: number) => nth % 5 === 0;
const YESTERDAY_SECONDS = 25 * 3_600;
const LATE = "Arrived late, after the 24-hour window: no automatic reply was sent";
/** The help page's words. */
const CANNED: Readonly<Record<string, RegExp>> = {
  sms: /^Hi! We’ve received your message and our team will get back to you shortly\.$/,
  whatsapp:
    /^Hi! We’ve received your message and our team will get back to you shortly\. You can also call us on .+ or visit https?:.+\. - .+$/,
};

let garage: StaffedGarage;
const numberOf = (nth: number) => `+4477009007${String(nth).padStart(2, "0")}`;
/** A person's: a name with digits has no first name that a template could begin with. */
const nameOf = (nth: number) => `Robin ${String.fromCharCode(65 + Math.floor(nth / 26), 97 + (nth % 26))}`;
const advisor = () => `advisor@${garage.slug}.test`;
const counts = async () => (await (await memberOf(advisor())).get("/api/messages/counts")).json();

beforeAll(async () => {
  garage = await givenStaffedGarage(systemContext("test"));
  await sandbox.addLine(lineOf(garage));
  const line = garage.slug;
  const writes = (nth: number) =>
    nth % 2 === 0 && !isLate(nth)
      ? sandbox.sms({ line, from: numberOf(nth), text: `Question ${nth}` })
      : sandbox.whatsApp(
          { line, from: numberOf(nth), name: nameOf(nth) },
          { text: `Question ${nth}`, ...(isLate(nth) && { ageSeconds: YESTERDAY_SECONDS }) },
        );
  await Promise.all(Array.from({ length: ALL }, (_, nth) => writes(nth)));
  const haveCome = async () => expect(await counts()).toMatchObject({ open: ALL, attention: ALL, done: 0 });
  await vi.waitFor(haveCome, { ...PATIENCE, interval: 200 });
});
afterAll(closePool);

/** So many conversations stay below what the server lets one person write within a minute. */
const FAST = 10;
const aMinutePasses = async () => {
  const { id } = await prisma().user.findFirstOrThrow({ where: { email: advisor() } });
  await prisma().limitCounter.deleteMany({ where: { key: { endsWith: `:${id}` } } });
};

/** Which conversation is open, and what has the focus in it. */
const where = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    const title = document.getElementById("thread-title");
    const label = at?.getAttribute("aria-label") ?? "";
    return {
      customer: title?.textContent ?? "",
      focus: title && at === title ? "title" : label.replace(/ (to|about) .*/, ""),
      isLate: document.querySelector("section[aria-label='Send a template']") !== null,
    };
  });

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const inThread = (page: Page) => page.locator("[aria-labelledby=thread-title]");

/** As fast as somebody who knows the text. */
async function type(page: Page, text: string, ...keys: readonly string[]): Promise<void> {
  await page.keyboard.insertText(text);
  await press(page, ...keys);
}

const focusIs = (page: Page, focus: string) =>
  expect.poll(async () => (await where(page)).focus, { ...PATIENCE, interval: 25 }).toBe(focus);

/** The next one is there, with its name in focus: the next key is a command. */
async function arrivedAtAnother(page: Page, before: string) {
  let now = await where(page);
  const isThere = async () => {
    now = await where(page);
    const isAnother = now.customer !== "" && now.customer !== before;
    return isAnother && now.focus === "title" ? "there" : now;
  };
  await expect.poll(isThere, { ...PATIENCE, interval: 25 }).toBe("there");
  return now;
}

/** What each customer has received, in its order. */
async function received() {
  const threads = (await sandbox.threads()).filter(({ line }) => line === garage.slug);
  return threads.map(({ messages }) =>
    messages.filter(({ from }) => from === "garage").map(({ channel, text }) => ({ channel, text })),
  );
}

async function sendTemplate(page: Page): Promise<void> {
  await inThread(page).getByText(LATE).first().waitFor();
  await press(page, "t");
  await focusIs(page, "Search templates");
  await type(page, "vehicle ready", "Enter");
  const vehicle = page.getByRole("textbox", { name: "Placeholder 2" });
  await vehicle.and(page.locator(":focus")).waitFor();
  await type(page, "Fiesta", "Enter");
  await page.getByText(/^The template (is on its way|was delivered)\./).waitFor();
  await focusIs(page, "Send a template");
}

test(`${ALL} degraded conversations by keys alone: each answered once, by a template where its window has closed, and none left`, async () => {
  const page = await open(advisor(), "/messages");
  await expect.poll(() => page.title(), PATIENCE).toBe(`(${ALL}) Messaging Inbox · Torqueflow`);
  await press(page, "j", "Enter");
  let before = "";
  let late = 0;
  for (let nth = 0; nth < ALL; nth++) {
    const { customer, isLate } = await arrivedAtAnother(page, before);
    before = customer;
    if (nth % FAST === 0) await aMinutePasses();
    if (isLate) {
      late += 1;
      await sendTemplate(page);
    } else {
      await press(page, "r");
      await type(page, `Staff: we will ring you, ${customer}`, "Enter", "Escape");
    }
    if (nth === 3) {
      await press(page, "n");
      await focusIs(page, "Internal note");
      await type(page, "Team only: he is in a hurry", "Enter", "Escape", "a");
      await page.getByRole("button", { name: "Assigned to You" }).waitFor();
    }
    await press(page, "e");
    if (nth !== 5) continue;
    // One key too many: it comes back, with its name in focus, and is done again.
    const { customer: next } = await arrivedAtAnother(page, customer);
    await press(page, "u");
    expect((await arrivedAtAnother(page, next)).customer).toBe(customer);
    await inThread(page).getByRole("button", { name: "Done", exact: true }).waitFor();
    await press(page, "e");
  }
  await page.getByText("No open conversations").waitFor();
  await focusIs(page, "");
  await expect.poll(counts, PATIENCE).toMatchObject({ open: 0, attention: 0, done: ALL });
  await expect.poll(() => page.title(), PATIENCE).toBe("Messaging Inbox · Torqueflow");

  // The last of them may still be on their way to the customers.
  await expect.poll(async () => (await received()).flat().length, PATIENCE).toBe(2 * ALL - late);
  const got = await received();
  const byTemplate = got.filter(([first]) => first?.text.includes("ready to collect"));
  expect(byTemplate.map((sent) => sent.length)).toEqual(Array(late).fill(1));
  expect(late).toBe(ALL / 5);
  const answered = got.filter(([first]) => first && CANNED[first.channel]?.test(first.text));
  for (const sent of answered)
    expect(sent.map(({ text }) => text)).toEqual([
      expect.anything(),
      expect.stringMatching(/^Staff: we will ring you/),
    ]);
  expect(byTemplate.length + answered.length).toBe(ALL);
}, 120_000);
