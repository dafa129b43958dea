// axe in what pages come to, light and dark, on a desk and on a phone.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenPurchases } from "../factories/purchases";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { DESK, expectAccessible, memberOf, openBrowser, PATIENCE, PHONE } from "../support/browser";
import { BILLING, toasts } from "../support/checkout";

const { open } = openBrowser();

let thread = "";
let garage: StaffedGarage;

beforeAll(async () => {
  const ctx = systemContext("test");
  garage = await givenStaffedGarage(ctx);
  await givenPurchases(ctx, garage.orgId);
  const sandbox = createClient(sharedApp().sandboxUrl);
  await sandbox.addLine(lineOf(garage));
  await sandbox.sms({ line: garage.slug, from: "+447700900611", text: "Do you have 205/55 R16 in stock?" });
  const advisor = await memberOf(`advisor@${garage.slug}.test`);
  const list = async (): Promise<{ id: string }[]> =>
    (await (await advisor.get("/api/messages/conversations")).json()).conversations;
  const first = async () => {
    const [conversation] = await list();
    if (!conversation) throw new Error("the customer's message has not arrived");
    return conversation.id;
  };
  thread = await vi.waitFor(first, { ...PATIENCE, interval: 200 });
});
afterAll(closePool);

describe("axe finds nothing, light or dark", () => {
  test("packs, purchases with every end and a toast, back from Stripe", async () => {
    const page = await open(garage.owner, `${BILLING}?checkout=cancelled`);
    await toasts(page).getByText("Purchase cancelled.").waitFor();
    await expect.poll(() => page.locator("[aria-busy=true]").count(), PATIENCE).toBe(0);
    for (const text of ["Charged back", "Best Value"]) await page.getByText(text).waitFor();
    await expectAccessible(page, [DESK, PHONE]);
  });

  test("a conversation", async () => {
    const page = await open(`advisor@${garage.slug}.test`, `/messages/${thread}`);
    await page.getByRole("textbox", { name: /^Reply to/ }).waitFor();
    await expectAccessible(page, [DESK]);
  });
});

test("beside a long list of conversations the page itself does not scroll", async () => {
  const page = await open("owner@millbrook.test", "/messages");
  const list = page.getByRole("navigation", { name: "Conversations" });
  await page.setViewportSize({ width: 1_280, height: 600 });
  const longerThanTheWindow = () => list.evaluate((nav) => nav.scrollHeight > window.innerHeight);
  await expect.poll(longerThanTheWindow, PATIENCE).toBe(true);
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight))
    .toBe(0);
});

test("with reduced motion a change of scheme is there at once: no colour is on its way", async () => {
  const page = await open(`advisor@${garage.slug}.test`, `/messages/${thread}`, { scheme: "light" });
  await page.getByRole("textbox", { name: /^Reply to/ }).waitFor();
  const canvas = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await canvas();
  await page.evaluate(() =>
    document.addEventListener("transitionrun", () => document.body.setAttribute("data-on-its-way", "")),
  );
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(canvas).not.toBe(light);
  // Transitions are told of with the frame in which they begin.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await expect.poll(() => page.locator("[data-on-its-way]").count()).toBe(0);
});
