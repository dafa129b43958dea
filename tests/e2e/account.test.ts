import { beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { codeOf } from "../factories/account";
import { givenStaffedGarage } from "../factories/shared-garage";
import { axeFindingsInBothSchemes, NO_FINDINGS, openBrowser, PATIENCE, shows } from "../support/browser";

const { open, newPage, allow } = openBrowser();

const OLD = "torqueflow-demo";
const NEW = "walrus-tandem-inkwell";

let slug: string;
beforeAll(async () => {
  ({ slug } = await givenStaffedGarage(systemContext("test")));
});

type Page = Awaited<ReturnType<typeof newPage>>;

async function givePassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const isOnAccount = (page: Page) => page.getByRole("heading", { level: 1, name: "My account" }).waitFor();
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

describe("my account", () => {
  test("from a new name to an app's code at sign-in, a recovery code, and a new password that signs out everybody else", async () => {
    allow(/status of 40[01]/); // wrong codes, and pages whose session has ended
    const email = `technician@${slug}.test`;
    const page = await open(null, "/sign-in");
    await givePassword(page, email, OLD);
    await page.getByRole("link", { name: /My account/ }).click();
    await isOnAccount(page);
    await page.getByLabel("Your name").fill("Robin Ash");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: /Robin Ash/ }).waitFor();
    expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);

    await page.getByRole("button", { name: "Set up two-step verification" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Current password").fill("not the password");
    await dialog.getByRole("button", { name: "Continue" }).click();
    await shows(page, "This is not your current password.");
    await dialog.getByLabel("Current password").fill(OLD);
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByRole("img", { name: "QR code for your authenticator app" }).waitFor();
    expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
    const key = await dialog.locator("code").innerText();
    await dialog.getByLabel("Code from your app").fill(codeOf(key).code);
    await dialog.getByRole("button", { name: "Switch on" }).click();
    await dialog.getByRole("button", { name: "I’ve kept them" }).waitFor();
    const codes = await dialog.getByRole("listitem").allInnerTexts();
    expect(codes).toHaveLength(10);
    await dialog.getByRole("button", { name: "I’ve kept them" }).click();
    await shows(page, "10 recovery codes are left.");
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await expect.poll(focused, PATIENCE).toContain("10 recovery codes are left.");
    await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
    await expect.poll(() => new URL(page.url()).pathname, PATIENCE).toBe("/sign-in");

    await page.goto("/sign-in?next=/settings/account");
    await givePassword(page, email, OLD);
    await page.getByRole("heading", { name: "Two-step verification" }).waitFor();
    await page.getByLabel("Code").fill("000 000");
    await page.getByRole("button", { name: "Sign in" }).click();
    await shows(page, "This code is not right, or was used already.");
    expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
    const { code } = codeOf(key, 1);
    await page.getByLabel("Code").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await isOnAccount(page);

    const phone = await newPage(null, { width: 360, scheme: "dark" });
    await phone.goto("/sign-in?next=/settings");
    await givePassword(phone, email, OLD);
    await phone.getByRole("button", { name: "Use a recovery code instead" }).click();
    await phone.getByLabel("Recovery code").fill(String(codes[0]));
    await phone.getByRole("button", { name: "Sign in" }).click();
    await phone.getByRole("link", { name: /My account/ }).click();
    await isOnAccount(phone);
    await expect.poll(() => fits(phone)).toBe(true);

    await page.reload();
    await page
      .getByRole("region", { name: "Where you are signed in" })
      .getByRole("listitem")
      .nth(1)
      .waitFor();
    const passwords = page.getByRole("region", { name: "Password", exact: true });
    await passwords.getByLabel("Current password").fill(OLD);
    await passwords.getByLabel("New password").fill(NEW);
    await passwords.getByRole("button", { name: "Change password" }).click();
    await shows(page, "Password changed. You are signed out everywhere else.");
    await expect.poll(() => new URL(phone.url()).pathname, PATIENCE).toBe("/sign-in");
    await page.reload();
    await isOnAccount(page);
    await shows(page, "9 recovery codes are left.");
  });
});
