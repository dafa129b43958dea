// One conversation, as an advisor works it off.
import type { Page } from "@playwright/test";
import { beforeEach, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { openBrowser, PATIENCE, shows } from "../support/browser";

const { open } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const FROM = "+447700900651";

let garage: StaffedGarage;
beforeEach(async () => {
  garage = await givenStaffedGarage(systemContext("test"));
  await sandbox.addLine(lineOf(garage));
});

const advisor = () => `advisor@${garage.slug}.test`;
const box = (page: Page) => page.getByRole("textbox", { name: /^Reply to/ });
const noteBox = (page: Page) => page.getByRole("textbox", { name: /^Internal note about/ });
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const sms = (text: string) => sandbox.sms({ line: garage.slug, from: FROM, text });

async function openThread(page: Page, name = "07700 900651"): Promise<void> {
  await page.getByRole("link").filter({ hasText: name }).click();
  await page.getByRole("heading", { level: 2, name }).waitFor();
}

const inThread = (page: Page) => page.getByRole("log", { name: "Messages" });
const replies = async () =>
  (await sandbox.customer(garage.slug, FROM)).messages.map(({ text }) => text ?? "");

test("a note is the team’s alone: its own mode in words and colour, its own draft, and never sent", async () => {
  await sms("What do you charge for an MOT?");
  const page = await open(advisor(), "/messages");
  await openThread(page);
  await box(page).fill("Dear customer");
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await noteBox(page).fill("Do not give him credit again");
  expect(await page.getByRole("button", { name: "Send", exact: true }).count()).toBe(0);
  await page.reload();
  await shows(page, "Only your team sees this. It is never sent to the customer.");
  expect(await noteBox(page).inputValue()).toBe("Do not give him credit again");
  await press(page, "Add note");
  await inThread(page).getByText("Internal note · only your team sees this").waitFor();
  await press(page, "Reply");
  expect(await box(page).inputValue()).toBe("Dear customer");
  await press(page, "Send");
  await expect.poll(replies, PATIENCE).toContain("Dear customer");
  expect((await replies()).filter((text) => text.includes("credit again"))).toEqual([]);
});
