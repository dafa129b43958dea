// From sign-up through a garage's first steps to the first call that is answered in full; and the settings of owners.
import type { Page } from "@playwright/test";
import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { creditsCli } from "../factories/credits-cli";
import { givenNewGarage, givenStaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import {
  axeFindingsInBothSchemes,
  card,
  NO_FINDINGS,
  openBrowser,
  PATIENCE,
  shows,
} from "../support/browser";
import { mailedLink } from "../support/mailed-link";

const { open, newTabBeside, allow } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

const GARAGE = "Ash & Daughter";
const EMAIL = "robin@ash-and-daughter.test";
const GREETING = "Ash and Daughter, this is Ava. What can we do for you?";
const LINE = "+441134970015";

const pathOf = (page: Page) => new URL(page.url()).pathname;

test("from sign-up to the first call that is answered in full, with the owner’s own greeting", async () => {
  allow(/status of 4(00|10)/);
  const home = await signUp();
  const steps = card(home, "Set up your garage");
  await steps.getByText(/^0 of 4 done/).waitFor();
  await expect
    .poll(() => steps.getByText(/^Missing: /).allTextContents())
    .toEqual([
      "Missing: telephone number, opening hours",
      "Missing: your check of the suggested greeting and voice",
      "Missing: a phone line",
      "Missing: an invitation",
    ]);
  const credits = card(home, "Credits");
  await credits.getByText("Trial cost cap: £0.00 of £5.00").waitFor();
  expect(await axeFindingsInBothSchemes(home)).toEqual(NO_FINDINGS);

  // Each step leads to the next on the settings pages, in a tab of their own; the start page follows.
  const page = await newTabBeside(home);
  await page.goto("/");
  await card(page, "Set up your garage")
    .getByRole("link", { name: /^Garage details/ })
    .click();
  const strip = page.getByRole("navigation", { name: "Setting up" });
  const next = (step: string) => strip.getByRole("link", { name: `Next: ${step}` });
  const save = () => page.getByRole("button", { name: "Save", exact: true }).click();
  await next("Garage details").waitFor();
  await page.getByRole("textbox", { name: "Phone", exact: true }).fill("0113 496 0015");
  await page.getByRole("button", { name: "Set opening hours" }).click();
  await page.getByLabel("Monday closes").fill("17:00");
  await save();
  await next("AI persona").click();
  await page.getByRole("textbox", { name: "Greeting" }).fill(GREETING);
  await save();
  await shows(page, "Your garage has no phone line yet.");
  await next("A test call").waitFor();
  await strip.getByRole("link", { name: "Contact Torqueflow support" }).waitFor();

  // Support finds whose mail it has, buys a number, and assigns it.
  const [slug = ""] = (await creditsCli("find", EMAIL)).said.split(" ");
  await sandbox.addLine({ slug, name: GARAGE, phone: LINE, vapiNumberId: "ash-and-daughter" });
  await sandbox.setHealth(slug, { voice: { serverUrl: "" } });
  expect(await creditsCli("line", "assign", slug, "voice", LINE)).toMatchObject({ code: 0 });
  await next("Connect your phone line").click();
  const line = page.getByRole("region", { name: "Phone 0113 497 0015" });
  await line.getByRole("button", { name: "Connect", exact: true }).click();
  await next("A test call").click();
  await page.getByRole("textbox", { name: "Your own telephone" }).fill("07700 900456");
  await page.getByRole("button", { name: "Test call" }).click();
  await page.getByText(/^07700 900456 is ringing|^On the line with 07700 900456/).waitFor();
  const [test] = await sandbox.calls();
  expect(test?.firstMessage).toBe(GREETING);
  await sandbox.hangUp(test?.id ?? "", { seconds: 90 });
  await page.getByText(/^The last test call, to 07700 900456, is over\. It lasted 90 seconds\.$/).waitFor();
  await next("Your team").click();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Email address").fill("jo@ash-and-daughter.test");
  await dialog.getByRole("radio", { name: /^Advisor/ }).check();
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await strip.waitFor({ state: "detached" });
  await steps.waitFor({ state: "detached" });
  await card(home, "Calls today").getByText("Nobody has called yet today.").waitFor();
  await credits.getByText("Trial cost cap: £0.00 of £5.00").waitFor();

  const from = "+447700900691";
  const call = await sandbox.playCall({ line: slug, from, says: ["Do you do MOTs?"], seconds: 120 });
  expect(call).toMatchObject({ firstMessage: GREETING, mode: "full" });
  const answered = card(home, "Calls today").getByRole("definition").first();
  await expect.poll(() => answered.textContent(), PATIENCE).toBe("1");
  await credits.getByText(/^Trial cost cap: £0\.(?!00)\d\d of £5\.00$/).waitFor();
  await page.goto("/voice");
  await card(page, "Call log").getByRole("row").filter({ hasText: "07700 900691" }).waitFor();
});

/** Asks for a trial, looks at the mailed link as people do, and follows it: the start page. */
async function signUp(): Promise<Page> {
  const page = await open(null, "/sign-in");
  await page.getByRole("link", { name: "Start a free trial" }).click();
  await page.getByLabel("Your name").fill("Robin Ash");
  await page.getByLabel("Garage name").fill(GARAGE);
  await page.getByLabel("Email").fill(EMAIL);
  await page.getByLabel("Password").fill("a long password");
  await page.getByRole("button", { name: "Start trial" }).click();
  const told = page.getByRole("heading", { level: 1, name: "Check your email" });
  await told.waitFor();
  await expect.poll(() => told.evaluate((heading) => heading === document.activeElement)).toBe(true);
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByText("Sent again", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Use another address" }).click();
  await expect.poll(() => page.getByLabel("Email").inputValue()).toBe(EMAIL);

  // On a phone, say, or by somebody whose address another one typed: the password is chosen anew.
  const link = await mailedLink(EMAIL, "/confirm");
  const elsewhere = await open(null, `${link.pathname}${link.hash}`, { width: 360 });
  await shows(elsewhere, "You opened this in another browser: choose your password.");
  expect(await axeFindingsInBothSchemes(elsewhere)).toEqual(NO_FINDINGS);
  const password = elsewhere.getByLabel("Password");
  await expect.poll(() => password.getAttribute("autocomplete")).toBe("new-password");
  await password.fill(GARAGE);
  await elsewhere.getByRole("button", { name: "Start your trial" }).click();
  await shows(elsewhere, /easy to guess/);
  await expect.poll(() => password.evaluate((input) => input === document.activeElement)).toBe(true);

  // Where it was begun, one press is enough.
  await page.goto(`${link.pathname}${link.hash}`);
  await shows(page, GARAGE);
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await page.reload();
  await page.getByRole("button", { name: "Start your trial" }).click();
  await page.getByRole("heading", { level: 1, name: /, Robin$/ }).waitFor();

  const again = await newTabBeside(page);
  await again.goto(`${link.pathname}${link.hash}`);
  await again.getByRole("heading", { level: 1, name: "This link has been used" }).waitFor();
  expect(await axeFindingsInBothSchemes(again)).toEqual(NO_FINDINGS);
  await again.getByRole("link", { name: "Go to Torqueflow" }).click();
  await expect.poll(() => pathOf(again), PATIENCE).not.toBe("/confirm");
  await again.close();
  return page;
}

test("who does not want the steps dismisses them for the garage, and they stay away", async () => {
  const { owner } = await givenNewGarage(ctx);
  const page = await open(owner, "/", { width: 360 });
  const steps = card(page, "Set up your garage");
  await steps.waitFor();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  // What is wrong with a line is told above as its provider answers, and moves the steps: a press of a key cannot miss.
  await steps.getByRole("button", { name: "Don’t show again" }).press("Enter");
  await steps.waitFor({ state: "detached" });
  await page.reload();
  await card(page, "Calls today").waitFor();
  await expect.poll(() => steps.count()).toBe(0);
});

test("an owner does without an email, and reads in the audit log that they did", async () => {
  const { owner, slug } = await givenStaffedGarage(ctx);
  const page = await open(owner, "/settings/notifications");
  const expiry = page.getByRole("switch", { name: "Gifted credits are about to expire" });
  await page.getByRole("switch", { name: "Sound" }).waitFor();
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await expiry.press("Space");
  await shows(page, "You won’t get this email any more.");
  await expect.poll(() => expiry.evaluate((at) => at === document.activeElement)).toBe(true);
  await page.reload();
  await expect.poll(() => expiry.isChecked(), PATIENCE).toBe(false);

  await page.getByRole("link", { name: "Audit log" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
  const act = page.getByRole("listitem").filter({ hasText: "gifted credits about to expire off" });
  await act.getByText(`${slug} owner`).waitFor();
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await page.setViewportSize({ width: 360, height: 740 });
  const fitsItsCard = (group: Element) => {
    const { right } = group.getBoundingClientRect();
    return [...group.querySelectorAll("input, select")].every(
      (field) => field.getBoundingClientRect().right <= right,
    );
  };
  await expect
    .poll(() => page.getByRole("group", { name: "Which changes" }).evaluate(fitsItsCard))
    .toBe(true);
  await page.getByLabel("What").selectOption({ label: "Team" });
  await shows(page, "Nothing matches");
  await page.getByRole("button", { name: "Show everything" }).click();
  await act.waitFor();
  await expect
    .poll(() => page.getByLabel("Who").evaluate((field) => field === document.activeElement))
    .toBe(true);
});
