// The start page: what waits, for whom, and where it leads.
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { saveCallRows } from "../factories/call-rows";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { card, openBrowser, PATIENCE, shows } from "../support/browser";

const { newPage, open } = openBrowser();
const NAME = /^(Hello|Good (morning|afternoon|evening)), /;

let garage: StaffedGarage;

beforeAll(async () => {
  const ctx = systemContext("test");
  garage = await givenStaffedGarage(ctx);
  const rang = (minutes: number) => new Date(ctx.now().getTime() - minutes * 60_000);
  await saveCallRows(garage.orgId, [
    { at: rang(2), answer: "credit-exhaustion", callBack: { phone: "+447700900681", name: "Peter Oldroyd" } },
  ]);
});
afterAll(closePool);

declare global {
  interface Window {
    titlesTold: string[];
  }
}

/** What is said of the garage's numbers, as it changes. */
function noteTitles(): void {
  window.titlesTold = [];
  new MutationObserver(() => {
    const said = /\d of your numbers need attention|\S+ \S+ is (not working|limited)/.exec(
      document.body?.innerText ?? "",
    );
    if (said && window.titlesTold.at(-1) !== said[0]) window.titlesTold.push(said[0]);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

test("an owner is greeted with calls, call-backs, conversations and credits, which change as they happen", async () => {
  const page = await newPage(garage.owner);
  await page.addInitScript(noteTitles);
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: NAME }).waitFor();
  const home = page.getByRole("link", { name: "Home" }).first();
  await expect.poll(() => home.getAttribute("aria-current")).toBe("page");
  await card(page, "Calls today")
    .getByText(/1 waiting for \d+ min/)
    .waitFor();
  await card(page, "Credits").getByText("No credits remaining").waitFor();
  await page.getByRole("alert").getByText("No credits remaining.").waitFor();
  await shows(page, "Nobody waits for a reply from your team.");
  // The providers know none of its numbers yet.
  await page.getByRole("status").filter({ hasText: "3 of your numbers need attention" }).waitFor();
  // Told once, when all have answered: what stands below moves once.
  expect(await page.evaluate(() => window.titlesTold)).toEqual(["3 of your numbers need attention"]);
  await expect
    .poll(() => page.getByRole("link", { name: "Open Channels" }).getAttribute("href"))
    .toBe("/settings/channels");
  const sandbox = createClient(sharedApp().sandboxUrl);
  await sandbox.addLine(lineOf(garage));
  await sandbox.sms({ line: garage.slug, from: "+447700900682", text: "Is my Astra ready?" });
  const waiting = card(page, "Conversations").getByRole("link").filter({ hasText: "07700 900682" });
  await waiting.click();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
});

test("a page is fetched ahead when somebody moves towards its link, and no other is", async () => {
  const page = await newPage(garage.owner);
  const ahead: string[] = [];
  page.on("request", (request) => {
    if (request.headers()["next-router-prefetch"]) ahead.push(new URL(request.url()).pathname);
  });
  await page.goto("/");
  await card(page, "Calls today").waitFor();
  await expect.poll(() => page.locator("[aria-busy=true]").count(), PATIENCE).toBe(0);
  await page.getByRole("link", { name: "Voice Dashboard" }).first().hover();
  await expect.poll(() => ahead.at(-1), PATIENCE).toBe("/voice");
  expect(new Set(ahead)).toEqual(new Set(["/voice"]));
});

test("an advisor starts there too, and sees no balance; a technician starts on Diagnostics", async () => {
  const advisor = await open(`advisor@${garage.slug}.test`, "/");
  await advisor.getByRole("heading", { level: 1, name: NAME }).waitFor();
  await card(advisor, "Calls today")
    .getByText(/^Taking messages only since/)
    .waitFor();
  await expect.poll(() => advisor.locator("[aria-busy=true]").count(), PATIENCE).toBe(0);
  // Why a conversation waits they may know, a balance not.
  expect(await card(advisor, "Credits").count()).toBe(0);
  expect(await advisor.getByText(/credits? available/).count()).toBe(0);
  expect(await advisor.getByText(/^No credits remaining/).count()).toBe(0);
  // Nor can they mend a number.
  expect(await advisor.getByRole("link", { name: "Open Channels" }).count()).toBe(0);
  const technician = await open(`technician@${garage.slug}.test`, "/");
  await technician.getByRole("heading", { level: 1, name: "Diagnostics" }).waitFor();
  expect(await technician.getByRole("link", { name: "Home" }).count()).toBe(0);
});
