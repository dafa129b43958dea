// WhatsApp's window has closed: an approved template, as the advisor chooses it and the customer gets it.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { axeFindings, memberOf, openBrowser, PATIENCE, shows } from "../support/browser";

const { open } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);

const CUSTOMER = "+447700900641";
const YESTERDAY_SECONDS = 25 * 3_600;

let garage: StaffedGarage;
let thread = "";
const advisor = () => `advisor@${garage.slug}.test`;
const writes = () => ({ line: garage.slug, from: CUSTOMER, name: "Robin Hale" });

beforeAll(async () => {
  garage = await givenStaffedGarage(systemContext("test"));
  await sandbox.addLine(lineOf(garage));
  await sandbox.whatsApp(writes(), { text: "Is my van ready?", ageSeconds: YESTERDAY_SECONDS });
  const member = await memberOf(advisor());
  const first = async () => {
    const { conversations } = await (await member.get("/api/messages/conversations")).json();
    if (!conversations[0]) throw new Error("the customer's message has not arrived");
    return conversations[0].id;
  };
  thread = await vi.waitFor(first, { ...PATIENCE, interval: 200 });
});
afterAll(closePool);

const READY = /^Hi Robin, good news: your white Transit is ready to collect from /;

test("window closed, template chosen by keyboard, previewed and sent; the customer's answer opens the box", async () => {
  const page = await open(advisor(), `/messages/${thread}`);
  const box = page.getByRole("region", { name: "Send a template" });
  await shows(page, "WhatsApp’s 24-hour window has closed");
  const list = box.getByRole("list", { name: "Templates" });
  await list.getByRole("button").nth(2).waitFor();
  await expect.poll(() => list.getByRole("button").count()).toBe(3);
  await box.getByText("2 more are not approved").waitFor();
  await box.getByRole("searchbox", { name: "Search templates" }).fill("ready to collect");
  await expect.poll(() => list.getByRole("button").count(), PATIENCE).toBe(1);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");

  // The first empty field has the focus: the customer's name is known, the vehicle is not.
  const vehicle = box.getByRole("textbox", { name: "Placeholder 2" });
  await expect.poll(() => vehicle.evaluate((field) => field === document.activeElement), PATIENCE).toBe(true);
  await expect.poll(() => box.getByRole("textbox", { name: "Placeholder 1" }).inputValue()).toBe("Robin");
  await page.keyboard.press("Enter");
  await box.getByText("Fill this in: WhatsApp refuses an empty one.").waitFor();
  await vehicle.fill("white Transit");
  const preview = box.getByRole("region", { name: "As the customer will see it" });
  await preview.getByText(READY).waitFor();
  await expect.poll(() => preview.locator("em").innerText()).toBe("Please ask at the desk for your keys.");
  await preview.getByText("On my way").waitFor();
  await page.keyboard.press("Escape");
  await list.waitFor();
  await list.getByRole("button", { name: /^Vehicle ready/ }).click();
  await vehicle.fill("white Transit");
  await page.keyboard.press("Enter");

  await shows(page, /^The template (is on its way|was delivered)\./);
  const log = page.getByRole("log", { name: "Messages" });
  await expect.poll(() => log.locator("em").innerText()).toBe("Please ask at the desk for your keys.");
  await log.getByRole("list", { name: "Buttons" }).getByText("On my way").waitFor();
  const phone = () => sandbox.customer(garage.slug, CUSTOMER);
  await expect
    .poll(async () => (await phone()).messages.filter(({ from }) => from === "garage"), PATIENCE)
    .toMatchObject([{ text: expect.stringMatching(READY), buttons: ["On my way"] }]);
  expect(Date.parse((await phone()).windowClosesAt ?? "")).toBeLessThan(Date.now());
  await expect.poll(() => page.getByRole("textbox", { name: /^Reply to/ }).count()).toBe(0);

  const tap = { type: "button", button: { text: "On my way", payload: "On my way" } };
  await sandbox.whatsApp(writes(), { other: tap });
  await page.getByRole("textbox", { name: /^Reply to/ }).waitFor();

  // With the window open it is offered beside the reply.
  const button = page.getByRole("button", { name: "Send a template" });
  await button.click();
  const dialog = page.getByRole("dialog", { name: "Send a template" });
  await dialog.getByRole("searchbox").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true);

  // One that fails opens again as it was filled in, and is a template again: not its words as a reply.
  await sandbox.behave({
    provider: "meta",
    on: "send",
    match: { line: garage.slug },
    effect: { kind: "error", code: 131049 },
  });
  await button.click();
  await dialog.getByRole("button", { name: /^Vehicle ready/ }).click();
  await dialog.getByRole("textbox", { name: "Placeholder 2" }).fill("blue Transit");
  await page.keyboard.press("Enter");
  await log.getByRole("button", { name: "Try again" }).click();
  const again = dialog.getByRole("textbox", { name: "Placeholder 2" });
  await expect.poll(() => again.inputValue(), PATIENCE).toBe("blue Transit");
  await dialog.getByRole("button", { name: "Send template" }).click();
  const blue = async () => (await phone()).messages.filter(({ text }) => text?.includes("blue Transit"));
  await expect.poll(blue, PATIENCE).toMatchObject([{ buttons: ["On my way"] }]);
});

test("on a phone, in the dark: axe finds nothing, and a template that is withdrawn while it is filled in is said to be gone", async () => {
  const other = { ...writes(), from: "+447700900642" };
  await sandbox.whatsApp(other, { text: "Any news?", ageSeconds: YESTERDAY_SECONDS });
  const page = await open(advisor(), "/messages", { scheme: "dark", width: 360 });
  await page.getByRole("link").filter({ hasText: "Any news?" }).click();
  // The notice leaves the conversation to be read; the picker opens above it.
  const opener = page.getByRole("button", { name: "Choose a template" });
  await opener.waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("log", { name: "Messages" }).getByText("Any news?").waitFor();
  const top = await opener.evaluate((one) => one.getBoundingClientRect().top / window.innerHeight);
  expect(top).toBeGreaterThan(0.6);
  await opener.click();
  const box = page.getByRole("dialog", { name: "Send a template" });
  await box.getByRole("button", { name: /^We missed you/ }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await box.getByRole("button", { name: /^We missed you/ }).click();
  await box.getByRole("button", { name: "Send template" }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await sandbox.withdrawTemplates({ line: garage.slug, name: "we_missed_you" });
  await box.getByText("was withdrawn, paused or changed at WhatsApp").waitFor();
  await expect
    .poll(() => box.getByRole("list", { name: "Templates" }).getByRole("button").count(), PATIENCE)
    .toBe(2);
});
