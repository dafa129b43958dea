import { expect, test } from "vitest";
import { axeFindingsInBothSchemes, NO_FINDINGS, openBrowser, PATIENCE, shows } from "../support/browser";
import { mailedLink } from "../support/mailed-link";

const { open, newTabBeside, allow } = openBrowser();

const pathOf = (page: { url: () => string }) => new URL(page.url()).pathname;

test("from sign-up by the mailed link to the start page of a garage on a trial", async () => {
  const email = "robin@ash-and-daughter.test";
  allow(/status of 4(00|10)/);
  const page = await open(null, "/sign-in");
  await page.getByRole("link", { name: "Start a free trial" }).click();
  await page.getByLabel("Your name").fill("Robin Ash");
  await page.getByLabel("Garage name").fill("Ash & Daughter");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("a long password");
  await page.getByRole("button", { name: "Start trial" }).click();
  const told = page.getByRole("heading", { level: 1, name: "Check your mail" });
  await told.waitFor();
  expect(await told.evaluate((heading) => heading === document.activeElement)).toBe(true);
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByText("Sent again", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Use another address" }).click();
  expect(await page.getByLabel("Email").inputValue()).toBe(email);

  // On a phone, say, or by somebody whose address another one typed: the password is chosen anew.
  const link = await mailedLink(email, "/confirm");
  const elsewhere = await open(null, `${link.pathname}${link.hash}`, { width: 360 });
  await shows(elsewhere, "You opened this in another browser: choose your password.");
  expect(await axeFindingsInBothSchemes(elsewhere)).toEqual(NO_FINDINGS);
  const password = elsewhere.getByLabel("Password");
  expect(await password.getAttribute("autocomplete")).toBe("new-password");
  await password.fill("Ash & Daughter");
  await elsewhere.getByRole("button", { name: "Start your trial" }).click();
  await shows(elsewhere, /easy to guess/);
  expect(await password.evaluate((input) => input === document.activeElement)).toBe(true);

  // Where it was begun, one press is enough.
  await page.goto(`${link.pathname}${link.hash}`);
  await shows(page, "Ash & Daughter");
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await page.reload();
  await page.getByRole("button", { name: "Start your trial" }).click();
  await page.getByRole("heading", { level: 1, name: /, Robin$/ }).waitFor();
  await shows(page, "Not enough usage data for an estimate");
  await shows(page, "£0.00 of £5.00");

  const again = await newTabBeside(page);
  await again.goto(`${link.pathname}${link.hash}`);
  await again.getByRole("heading", { level: 1, name: "This link has been used" }).waitFor();
  expect(await axeFindingsInBothSchemes(again)).toEqual(NO_FINDINGS);
  await again.getByRole("link", { name: "Go to Torqueflow" }).click();
  await expect.poll(() => pathOf(again), PATIENCE).not.toBe("/confirm");
});

test("a forgotten password: a link in the mail, another password, and everybody else is out", async () => {
  allow(/status of 40[01]/);
  const email = "advisor@coldstart.test";
  const before = await open(email, "/messages");
  await before.getByRole("heading", { level: 1 }).first().waitFor();
  const page = await open(null, "/sign-in?next=%2Fvoice");
  await page.getByRole("link", { name: "Forgotten your password?" }).click();
  // Both pages have a field of this name.
  await page.getByRole("heading", { level: 1, name: "Forgotten your password?" }).waitFor();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.getByRole("heading", { level: 1, name: "Check your mail" }).waitFor();

  const link = await mailedLink(email, "/reset-password");
  await page.goto(`${link.pathname}${link.hash}`);
  await shows(page, email);
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  const password = page.getByLabel("New password");
  await password.fill("password123");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await shows(page, /easy to guess/);
  expect(await password.evaluate((input) => input === document.activeElement)).toBe(true);
  await password.fill("harbour-pencil-velvet");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Voice Dashboard" }).waitFor();
  await expect.poll(() => pathOf(before), PATIENCE).toBe("/sign-in");
});
