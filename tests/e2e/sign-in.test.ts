import { describe, expect, test } from "vitest";
import { openBrowser, PATIENCE, shows } from "../support/browser";

const { open, newPage, allow } = openBrowser();

describe("sign-in", () => {
  test("an email and its password lead to the page that was asked for", async () => {
    const page = await open(null, "/settings/billing");
    await page.getByLabel("Email").fill("owner@oldmill.test");
    await page.getByLabel("Password").fill("torqueflow-demo");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1, name: "Billing" }).waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toBe("/settings/billing");
  });

  test("a link to a card, as mails have it, leads to that card through sign-in", async () => {
    const page = await open(null, "/settings/billing#purchases");
    await page.getByLabel("Email").fill("owner@oldmill.test");
    await page.getByLabel("Password").fill("torqueflow-demo");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Purchase History" }).waitFor();
    await expect.poll(() => new URL(page.url()).hash).toBe("#purchases");
    const top = () => page.locator("#purchases").evaluate((card) => card.getBoundingClientRect().top);
    await expect.poll(top, PATIENCE).toBeLessThan(400);
    for (const card of ["subscription", "credit-balance", "credit-packs"])
      await expect.poll(() => page.locator(`#${card}`).count(), { message: card }).toBe(1);
  });

  test("a wrong password is told without saying which of the two is wrong", async () => {
    allow(/status of 401/);
    const page = await open(null, "/sign-in");
    await page.getByLabel("Email").fill("manager@oldmill.test");
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await shows(page, "The email or the password is not right.");
    await expect.poll(() => page.getByLabel("Password").inputValue()).toBe("not the password");
  });

  test("an empty form says what is missing, beside each field, and puts the focus on the first", async () => {
    const page = await open(null, "/sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await shows(page, "Enter an email address, such as name@garage.co.uk");
    await shows(page, "Enter your password");
    await expect
      .poll(() => page.getByLabel("Email").evaluate((input) => input === document.activeElement))
      .toBe(true);
  });

  test("signing out ends at the sign-in page", async () => {
    allow(/status of 401/); // a live refetch may be under way while the session ends
    const page = await open(null, "/sign-in");
    await page.getByLabel("Email").fill("manager@oldmill.test");
    await page.getByLabel("Password").fill("torqueflow-demo");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1, name: /, Joan$/ }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await expect.poll(() => new URL(page.url()).pathname, PATIENCE).toBe("/sign-in");
  });
});

test("a button that is pressed before the page's scripts have come does what it says once they have", async () => {
  allow(/status of 401/); // a live refetch may be under way while the session ends
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const page = await newPage("owner@oldmill.test");
  await page.route("**/_next/static/chunks/**/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/messages", { waitUntil: "commit" });
  await page.getByRole("button", { name: "Sign out" }).first().click();
  letGo();
  await expect.poll(() => new URL(page.url()).pathname, PATIENCE).toBe("/sign-in");
});
