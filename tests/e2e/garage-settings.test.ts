// An owner says what their garage is and how its assistant answers; customers meet it at once.
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { axeFindingsInBothSchemes, NO_FINDINGS, openBrowser, PATIENCE, shows } from "../support/browser";

const { open, allow } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);

let garage: StaffedGarage;
beforeAll(async () => {
  garage = await givenStaffedGarage(systemContext("test"), { purchased: 1_000 });
  await sandbox.addLine(lineOf(garage));
});
afterAll(closePool);

const firstWords = async (): Promise<string | null> =>
  (await sandbox.playCall({ line: garage.slug, from: "+447700900123" })).firstMessage;

test("hours and portal are changed, the preview follows, what is wrong is said at its field, and all of it is kept", async () => {
  const page = await open(garage.owner, "/settings/garage");
  const preview = page.getByRole("region", { name: "What customers read and hear" });
  const portal = page.getByRole("textbox", { name: "Customer portal" });
  await portal.fill("http://portal.example");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Begin the address with https://").waitFor();
  await expect.poll(() => portal.evaluate((field) => field === document.activeElement), PATIENCE).toBe(true);
  await portal.fill("https://portal.example");
  // What is not saved yet is there again after a look at another page.
  await page.getByRole("link", { name: "Team", exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: "Team" }).waitFor();
  await page.getByRole("link", { name: "Garage", exact: true }).first().click();
  await shows(page, "Not saved yet");
  await expect.poll(() => portal.inputValue()).toBe("https://portal.example");
  await preview.getByText(/or visit https:\/\/portal\.example\. - Garage/).waitFor();

  await page.getByLabel("Monday closes").fill("12:00");
  await page.getByRole("button", { name: "Add a second time on Monday" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Enter both times, such as 08:00 and 17:30.").waitFor();
  await page.getByLabel("Monday opens again").fill("13:00");
  await page.getByLabel("Monday closes again").fill("17:00");
  await page.getByRole("button", { name: "Copy Monday to all weekdays" }).click();
  await page.getByLabel("Saturday: open or closed").selectOption("24 hours");
  await preview.getByText("Mon–Fri 08:00–12:00 and 13:00–17:00, Sat 24 hours").waitFor();
  await page.getByLabel("Whose bank holidays").selectOption("Northern Ireland");
  await page.getByRole("button", { name: "Add bank holidays" }).click();
  await page.getByText(/^\d+ bank holidays were added\./).waitFor();
  await preview.getByText(/\(St Patrick’s Day/).waitFor();
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await shows(page, "Your garage’s details are saved.");
  await page.reload();
  await preview.getByText(/\(St Patrick’s Day/).waitFor();
  await preview.getByText("Mon–Fri 08:00–12:00 and 13:00–17:00, Sat 24 hours").waitFor();
  await expect.poll(() => portal.inputValue()).toBe("https://portal.example");
});

test("a changed greeting is heard on the next call; a colleague’s older form is told", async () => {
  const page = await open(garage.owner, "/settings/persona");
  const other = await open(garage.manager, "/settings/persona", { width: 360 });
  const greeting = (of: typeof page) => of.getByRole("textbox", { name: "Greeting" });
  const save = (of: typeof page) => of.getByRole("button", { name: "Save", exact: true }).click();
  await greeting(other).fill("Something else.");
  await greeting(page).fill("Good morning, this is Ava.");
  await page
    .getByRole("region", { name: "What callers hear first" })
    .getByText("Good morning, this is Ava.")
    .waitFor();
  await save(page);
  await shows(page, "Your AI persona is saved. It counts for the next call.");
  await expect.poll(firstWords, { timeout: 1_000 }).toBe("Good morning, this is Ava.");

  allow(/409/);
  await save(other);
  await other.getByText(/^Somebody has changed this meanwhile/).waitFor();
  await other.getByText("Stored now: Good morning, this is Ava.").waitFor();
  await expect.poll(() => greeting(other).inputValue()).toBe("Something else.");
  expect(await axeFindingsInBothSchemes(other)).toEqual(NO_FINDINGS);
  await save(other);
  await shows(other, "Your AI persona is saved. It counts for the next call.");
  await expect.poll(() => greeting(page).inputValue(), PATIENCE).toBe("Something else.");
});
