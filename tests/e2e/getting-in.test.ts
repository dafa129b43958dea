import { expect, test } from "vitest";
import { axeFindingsInBothSchemes, NO_FINDINGS, openBrowser, PATIENCE, shows } from "../support/browser";
import { mailedLink } from "../support/mailed-link";

const { open, allow } = openBrowser();

const pathOf = (page: { url: () => string }) => new URL(page.url()).pathname;

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
  await page.getByRole("heading", { level: 1, name: "Check your email" }).waitFor();

  const link = await mailedLink(email, "/reset-password");
  await page.goto(`${link.pathname}${link.hash}`);
  await shows(page, email);
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  const password = page.getByLabel("New password");
  await password.fill("password123");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await shows(page, /easy to guess/);
  await expect.poll(() => password.evaluate((input) => input === document.activeElement)).toBe(true);
  await password.fill("harbour-pencil-velvet");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Voice Dashboard" }).waitFor();
  await expect.poll(() => pathOf(before), PATIENCE).toBe("/sign-in");
});
