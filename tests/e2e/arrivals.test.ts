// A customer's message is seen on every page.
import type { Page } from "@playwright/test";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { openBrowser, PATIENCE, shows } from "../support/browser";
import { toasts } from "../support/checkout";

const { open, newPage, newTabBeside } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

let garage: StaffedGarage;
beforeEach(async () => {
  garage = await givenStaffedGarage(ctx);
});
afterAll(closePool);

const write = (from: string, text: string) => sandbox.sms({ line: garage.phone, from, text });
/** The thread's own words: the list shows the latest ones too. */
const inThread = (page: Page, text: string) =>
  page.getByRole("log", { name: "Messages" }).getByText(text).waitFor();
const inbox = (page: Page) =>
  page
    .getByRole("navigation", { name: "Main" })
    .first()
    .getByRole("link", { name: /^Messaging Inbox/ });

const PNG = /^data:image\/png/;

type Told = { readonly title: string; readonly body: string; readonly tag: string };

/** A desktop that writes down what it is told; its permission is the browser's, for all tabs. */
const DESKTOP = `
  window.desktop = { told: [], answer: "default" };
  window.Notification = class {
    static get permission() { return localStorage.getItem("test:permission") ?? "default"; }
    static async requestPermission() {
      localStorage.setItem("test:permission", desktop.answer);
      return desktop.answer;
    }
    constructor(title, { body, tag }) {
      desktop.told.push({ title, body, tag });
      desktop.press = () => this.onclick?.();
    }
    close() {}
  };`;

describe("“a notification/new-message event fires so staff see it in real time”", () => {
  test("an advisor on the Voice Dashboard sees a toast and a count, which leads to the conversation", async () => {
    const page = await newPage(`advisor@${garage.slug}.test`);
    // The page is drawn before it listens, and a toast is only for what comes from then on.
    const listens = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/api/events");
    await Promise.all([listens, page.goto("/voice")]);
    await page.getByRole("heading", { level: 1, name: "Voice Dashboard" }).waitFor();
    await expect.poll(() => inbox(page).innerText()).toBe("Messaging Inbox");
    await write("+447700900631", "Is the Fiesta ready yet?");
    await toasts(page).filter({ hasText: "New message from 07700 900631" }).waitFor();
    await expect.poll(() => inbox(page).innerText(), PATIENCE).toMatch(/^Messaging Inbox\s*1\b/);
    await write("+447700900632", "And the Golf?");
    await expect.poll(() => inbox(page).innerText(), PATIENCE).toMatch(/^Messaging Inbox\s*2\b/);
    const latest = toasts(page).filter({ hasText: "New message from 07700 900632" });
    await latest.getByRole("button", { name: "Open" }).click();
    await page.getByRole("heading", { level: 2, name: "07700 900632" }).waitFor();
    await inThread(page, "And the Golf?");
  });

  test("there is no toast for the conversation in front of them, and one for another", async () => {
    await write("+447700900633", "Good morning");
    const page = await open(`advisor@${garage.slug}.test`, "/messages");
    await page.getByRole("link").filter({ hasText: "07700 900633" }).click();
    await page.getByRole("textbox", { name: /^Reply to/ }).waitFor();
    await write("+447700900633", "Are you there?");
    await inThread(page, "Are you there?");
    await write("+447700900634", "Hello?");
    await toasts(page).filter({ hasText: "New message from 07700 900634" }).waitFor();
    expect(await toasts(page).filter({ hasText: "07700 900633" }).count()).toBe(0);
  });

  test("who may not see messages is told nothing", async () => {
    const technician = `technician@${garage.slug}.test`;
    const page = await open(technician, "/diagnostics");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const advisor = await newPage(`advisor@${garage.slug}.test`);
    // What waited before is not news: the page must have asked for it.
    const asksFirst = advisor.waitForResponse((response) => response.url().endsWith("/api/messages/waiting"));
    await advisor.goto("/voice");
    await asksFirst;
    await write("+447700900635", "Hello");
    await toasts(advisor).filter({ hasText: "07700 900635" }).waitFor();
    expect(await toasts(page).count()).toBe(0);
    expect(asked.filter((path) => path.startsWith("/api/messages"))).toEqual([]);
  });
});

test("who waits stands in the title and on the icon of every page, until nobody does", async () => {
  await write("+447700900637", "Is the Astra ready?");
  const page = await open(`advisor@${garage.slug}.test`, "/voice");
  const title = () => page.title();
  // Where the count is there before React has the icons, it adds its own beside the server's: all say the same.
  const icons = () =>
    page
      .locator("link[rel=icon]")
      .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href")))]);
  await expect.poll(title, PATIENCE).toBe("(1) Voice Dashboard · Torqueflow");
  await expect.poll(icons, PATIENCE).toEqual([expect.stringMatching(PNG)]);
  await write("+447700900638", "And the Corsa?");
  await expect.poll(title, PATIENCE).toBe("(2) Voice Dashboard · Torqueflow");
  await inbox(page).click();
  await expect.poll(title, PATIENCE).toBe("(2) Messaging Inbox · Torqueflow");
  const list = page.getByRole("navigation", { name: "Conversations" });
  for (const [from, left] of [
    ["07700 900638", "(1) "],
    ["07700 900637", ""],
  ] as const) {
    // By its number: what was done last may still stand first for a moment.
    await list.getByRole("link").filter({ hasText: from }).first().click();
    await page.getByRole("heading", { level: 2, name: from }).waitFor();
    const thread = page.locator("[aria-labelledby=thread-title]");
    await thread.getByRole("button", { name: "Done", exact: true }).click();
    await expect.poll(title, PATIENCE).toBe(`${left}Messaging Inbox · Torqueflow`);
  }
  await expect.poll(icons, PATIENCE).toEqual(["/icon.svg", "/icon-192.png"]);
});

test("notifications by choice: asked for with a press, from one tab of a browser, only while nobody looks, without the words", async () => {
  const one = await newPage(`advisor@${garage.slug}.test`);
  await one.context().addInitScript(DESKTOP);
  await one.goto("/voice");
  const choice = one.getByRole("switch", { name: "Desktop notifications" });
  await one.getByRole("button", { name: "Alerts on this device: off" }).first().click();
  await expect.poll(() => choice.isChecked()).toBe(false);
  await one.evaluate('desktop.answer = "denied"');
  await choice.click();
  await shows(one, "Your browser blocks notifications from Torqueflow.");
  await expect.poll(() => choice.isChecked()).toBe(false);
  await one.evaluate('desktop.answer = "granted"');
  await choice.click();
  await expect.poll(() => choice.isChecked(), PATIENCE).toBe(true);
  await one.getByRole("button", { name: "Close" }).click();
  await one.getByRole("button", { name: "Alerts on this device: on" }).first().waitFor();

  const other = await newTabBeside(one);
  const knows = other.waitForResponse((answer) => answer.url().includes("filter=mine"));
  await Promise.all([knows, other.goto("/messages")]);
  const tabs = [one, other];
  const told = async () =>
    (await Promise.all(tabs.map((tab) => tab.evaluate<Told[]>("desktop.told")))).flat();
  const counted = async (count: number) => {
    for (const tab of tabs)
      await expect.poll(() => tab.title(), PATIENCE).toMatch(new RegExp(`^\\(${count}\\) `));
  };
  await write("+447700900639", "Seen by somebody");
  await counted(1);
  expect(await told()).toEqual([]);
  for (const tab of tabs)
    await tab.evaluate("document.hasFocus = () => false; dispatchEvent(new Event('blur'))");
  await write("+447700900640", "Nobody sees this");
  await expect.poll(told, PATIENCE).toHaveLength(1);
  await counted(2);
  const [first] = await told();
  expect(first).toMatchObject({ title: "07700 900640", body: "SMS · No credits: AI paused" });
  await write("+447700900640", "Nor this");
  await expect.poll(told, PATIENCE).toHaveLength(2);
  // The same again takes the place of the first.
  expect((await told()).map(({ tag }) => tag)).toEqual([first?.tag, first?.tag]);
  for (const tab of tabs) await tab.evaluate("desktop.press?.()");
  const openIn = async (tab: Page) =>
    await tab.getByRole("heading", { level: 2, name: "07700 900640" }).count();
  await expect.poll(async () => (await openIn(one)) + (await openIn(other)), PATIENCE).toBe(1);
});

test("one h1 at every width, though a phone shows a conversation in the list’s place", async () => {
  await write("+447700900636", "Do you fit towbars?");
  for (const width of [1_280, 360]) {
    const page = await open(`advisor@${garage.slug}.test`, "/messages", { width });
    await page.getByRole("link").filter({ hasText: "07700 900636" }).click();
    await page.getByRole("heading", { level: 2, name: "07700 900636" }).waitFor();
    const titles = await page.getByRole("heading", { level: 1 }).allTextContents();
    expect(titles).toEqual(["Messaging Inbox"]);
  }
});
