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

const { open, newPage } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

let garage: StaffedGarage;
beforeEach(async () => {
  garage = await givenStaffedGarage(ctx);
});
afterAll(closePool);

const write = (from: string, text: string) => sandbox.sms({ line: garage.phone, from, text });
const inbox = (page: Page) =>
  page.getByRole("navigation", { name: "Main" }).first().getByRole("link").first();

describe("“a notification/new-message event fires so staff see it in real time”", () => {
  test("an advisor on the Voice Dashboard sees a toast and a count, which leads to the conversation", async () => {
    const page = await newPage(`advisor@${garage.slug}.test`);
    // The page is drawn before it listens, and a toast is only for what comes from then on.
    const listens = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/api/events");
    await Promise.all([listens, page.goto("/voice")]);
    await page.getByRole("heading", { level: 1, name: "Voice Dashboard" }).waitFor();
    expect(await inbox(page).innerText()).toBe("Messaging Inbox");
    await write("+447700900631", "Is the Fiesta ready yet?");
    await toasts(page).filter({ hasText: "New message from 07700 900631" }).waitFor();
    await expect.poll(() => inbox(page).innerText(), PATIENCE).toMatch(/^Messaging Inbox\s*1\b/);
    await write("+447700900632", "And the Golf?");
    await expect.poll(() => inbox(page).innerText(), PATIENCE).toMatch(/^Messaging Inbox\s*2\b/);
    const latest = toasts(page).filter({ hasText: "New message from 07700 900632" });
    await latest.getByRole("button", { name: "Open" }).click();
    await page.getByRole("heading", { level: 2, name: "07700 900632" }).waitFor();
    await shows(page, "And the Golf?");
  });

  test("there is no toast for the conversation in front of them, and one for another", async () => {
    await write("+447700900633", "Good morning");
    const page = await open(`advisor@${garage.slug}.test`, "/messages");
    await page.getByRole("link").filter({ hasText: "07700 900633" }).click();
    await page.getByRole("textbox", { name: /^Reply to/ }).waitFor();
    await write("+447700900633", "Are you there?");
    await shows(page, "Are you there?");
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
