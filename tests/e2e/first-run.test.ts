// From a new garage through its first steps to the first call that is answered in full; and the settings of owners.
import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { prisma } from "@/lib/db/prisma";
import {
  givenInvitation,
  givenNewGarage,
  givenPersona,
  givenStaffedGarage,
  lineOf,
} from "../factories/shared-garage";
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

const { open, newTabBeside } = openBrowser();
const ctx = systemContext("test");

test("a new garage sees what is missing until its first call is answered in full and its team is invited", async () => {
  const garage = await givenNewGarage(ctx);
  const { orgId, owner, slug } = garage;
  const home = await open(owner, "/");
  const steps = card(home, "Set up your garage");
  await steps.getByText(/^0 of 4 done/).waitFor();
  expect(await steps.getByText(/^Missing: /).allTextContents()).toEqual([
    "Missing: telephone number, opening hours",
    "Missing: greeting and voice",
    "Missing: a test call",
    "Missing: an invitation",
  ]);
  expect(await axeFindingsInBothSchemes(home)).toEqual(NO_FINDINGS);

  // On settings pages it stays in sight, and leads on as things are done, by whomever and wherever.
  const settings = await newTabBeside(home);
  await settings.goto("/settings/notifications");
  const strip = settings.getByRole("navigation", { name: "Setting up" });
  await strip.getByRole("link", { name: "Next: Garage details" }).waitFor();
  await prisma().organization.update({
    where: { id: orgId },
    data: { phone: "0113 496 0001", hours: "Monday to Friday 8:00 to 17:30" },
  });
  await strip.getByRole("link", { name: "Next: AI persona" }).waitFor();
  await givenPersona(orgId);
  await strip.getByRole("link", { name: "Next: A test call" }).waitFor();
  await settings.close();

  // A customer’s call is one that the assistant was heard in.
  const sandbox = createClient(sharedApp().sandboxUrl);
  await sandbox.addLine({ ...lineOf(garage), slug });
  await sandbox.playCall({ line: slug, from: "+447700900691", says: ["When do you open?"], seconds: 20 });
  const figure = card(home, "Calls today").getByRole("definition").first();
  await expect.poll(() => figure.textContent(), PATIENCE).toBe("1");
  await steps.getByText(/^3 of 4 done/).waitFor();
  await givenInvitation(ctx, garage);
  await steps.waitFor({ state: "detached" });
});

test("who does not want the steps dismisses them for the garage, and they stay away", async () => {
  const { owner } = await givenNewGarage(ctx);
  const page = await open(owner, "/", { width: 360 });
  const steps = card(page, "Set up your garage");
  await steps.waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await steps.getByRole("button", { name: "Don’t show again" }).click();
  await steps.waitFor({ state: "detached" });
  await page.reload();
  await card(page, "Calls today").waitFor();
  expect(await steps.count()).toBe(0);
});

test("an owner does without an e-mail, and reads in the audit log that they did", async () => {
  const { owner, slug } = await givenStaffedGarage(ctx);
  const page = await open(owner, "/settings/notifications");
  const expiry = page.getByRole("switch", { name: "Gifted credits are about to expire" });
  await page.getByRole("switch", { name: "Sound" }).waitFor();
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await expiry.click();
  await shows(page, "You won’t get this e-mail any more.");
  await page.reload();
  await expect.poll(() => expiry.isChecked(), PATIENCE).toBe(false);

  await page.getByRole("link", { name: "Audit log" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
  const act = page.getByRole("listitem").filter({ hasText: "gifted credits about to expire off" });
  await act.getByText(`${slug} owner`).waitFor();
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await page.getByLabel("What").selectOption({ label: "Team" });
  await shows(page, "Nothing matches");
  await page.getByRole("button", { name: "Show everything" }).click();
  await act.waitFor();
});
