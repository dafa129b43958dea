// The customer beside the conversation, and conversations that the garage begins.
import type { Page } from "@playwright/test";
import { beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { prisma } from "@/lib/db/prisma";
import { saveCallRows } from "../factories/call-rows";
import { givenConversation } from "../factories/conversations";
import { givenCustomer } from "../factories/garage";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { axeFindingsInBothSchemes, NO_FINDINGS, openBrowser, PATIENCE, shows } from "../support/browser";

const { open, allow } = openBrowser();
const [RUTH, NOBODY] = ["+447700900671", "+447700900672"];

let garage: StaffedGarage;
let callId: string | undefined;
let unknown: string;
beforeAll(async () => {
  garage = await givenStaffedGarage(systemContext("test"));
  const { orgId } = garage;
  const { vehicleId } = await givenCustomer(orgId, {
    ...{ name: "Ruth Hale", phone: "07700 900671", registration: "YK18FHD" },
    motDue: new Date("2026-01-15"),
  });
  await prisma().workOrder.create({
    data: { orgId, id: crypto.randomUUID(), vehicleId, title: "Clutch replacement", status: "waiting_parts" },
  });
  const call = {
    at: new Date(Date.now() - 86_400_000),
    callerNumber: RUTH,
    summary: "Asked about her clutch.",
  };
  callId = (await saveCallRows(orgId, [call]))[0]?.id;
  await givenConversation(orgId, { phone: RUTH, says: ["Is it ready?"] });
  unknown = await givenConversation(orgId, { phone: NOBODY, says: ["Do you do MOTs?"] });
});

const advisor = () => `advisor@${garage.slug}.test`;
const column = (page: Page) => page.getByRole("region", { name: "Customer", exact: true });
const customerButton = (page: Page) => page.getByRole("button", { name: "Customer", exact: true });

test("on a wide screen the customer stands beside the conversation, is written to on another channel, and stays hidden once hidden", async () => {
  allow(/ERR_FAILED/);
  const page = await open(advisor(), "/messages");
  await page.route("**/customer", (route) => route.abort());
  await page.getByRole("link").filter({ hasText: "Is it ready?" }).click();
  await shows(page, "The customer couldn’t be loaded");
  await page.unroute("**/customer");
  await column(page).getByRole("button", { name: "Try again" }).click();

  const customer = column(page);
  await customer.getByText("Ruth Hale").waitFor();
  for (const text of ["YK18 FHD", "MOT overdue since 15 Jan 2026", "Clutch replacement", "None booked"])
    await customer.getByText(text).waitFor();
  const call = customer.getByRole("link", { name: /Asked about her clutch/ });
  await expect.poll(() => call.getAttribute("href")).toBe(`/voice?call=${callId}`);
  const ring = customer.getByRole("link", { name: "07700 900671" });
  await expect.poll(() => ring.getAttribute("href")).toBe(`tel:${RUTH}`);
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);

  // WhatsApp's window has never opened for her: a template is all that can be sent.
  const texts = page.url();
  await customer.getByRole("button", { name: "WhatsApp them" }).click();
  await page.getByRole("region", { name: "Send a template" }).waitFor();
  await customer.getByRole("link", { name: /^SMS/ }).click();
  await expect.poll(() => page.url(), PATIENCE).toBe(texts);
  await customer.getByRole("link", { name: /^WhatsApp/ }).waitFor();

  await page.keyboard.press("c");
  await expect.poll(() => customer.count(), PATIENCE).toBe(0);
  await page.reload();
  await page.getByRole("textbox", { name: /^Reply to/ }).waitFor();
  await expect.poll(() => customer.count()).toBe(0);
  await customerButton(page).click();
  await customer.getByRole("button", { name: "Hide the customer" }).click();
  await expect
    .poll(() => customerButton(page).evaluate((button) => button === document.activeElement), PATIENCE)
    .toBe(true);
});

test("on a phone the customer is a dialog; a number is refused at its field, and opens a conversation once it is one", async () => {
  allow(/400/);
  const page = await open(advisor(), `/messages/${unknown}`, { width: 360 });
  await customerButton(page).click();
  const customer = page.getByRole("dialog", { name: "Customer" });
  await customer.getByText("No customer record for this number").waitFor();
  await customer.getByRole("button", { name: "WhatsApp them" }).waitFor();
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await page.keyboard.press("Escape");
  await customer.waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Back to all messages" }).click();
  await page.getByRole("button", { name: "New conversation" }).click();
  const number = page.getByRole("textbox", { name: "Number" });
  await number.fill("07700 900673");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await shows(page, /^Write the number with its country/);
  await expect.poll(() => number.getAttribute("aria-invalid")).toBe("true");
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await number.fill("+44 7700 900673");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2, name: "07700 900673" }).waitFor();
});
