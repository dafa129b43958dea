// Many tabs of one browser: a server that speaks HTTP/1.1 gets six connections from it, whatever the number of tabs.
import type { Page } from "@playwright/test";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { closePool } from "@/lib/db/pool";
import { credits } from "@/lib/shared/money";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { openBrowser, PATIENCE } from "../support/browser";
import { BILLING, startBuying } from "../support/checkout";

const { newPage, newTabBeside, allow } = openBrowser();
const ctx = systemContext("test");

/** More than the six connections that a browser opens to one server. */
const TABS = 7;

let garage: StaffedGarage;
let tabs: Page[];
let streams: Page[];

beforeEach(async () => {
  garage = await givenStaffedGarage(ctx);
});
afterAll(closePool);

async function openTabs(count: number): Promise<void> {
  const first = await newPage(garage.owner);
  streams = [];
  first.context().on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/events") streams.push(request.frame().page());
  });
  tabs = [first];
  await first.goto(BILLING);
  while (tabs.length < count) {
    const tab = await newTabBeside(first);
    await tab.goto(BILLING);
    tabs.push(tab);
  }
  await Promise.all(tabs.map((tab) => balanceOf(tab, "0")));
}

const balanceOf = (tab: Page, text: string) =>
  expect.poll(() => tab.getByTestId("balance").textContent(), PATIENCE).toBe(text);

const grant = (amount: number, key: string) =>
  grantCredits(ctx, { orgId: garage.orgId, kind: "gifted", amount: credits(amount), key });

/** The tab that has the stream: the one that asked for it last. */
async function leader(): Promise<Page> {
  await expect.poll(() => streams.length, PATIENCE).toBeGreaterThan(0);
  const found = streams.at(-1);
  if (!found) throw new Error("no tab has asked for the stream");
  return found;
}

describe("any number of tabs", () => {
  test("all load and follow a change, Buy Now in the last one leads to the checkout, and the stream outlives the tab that has it: closed, or gone elsewhere", async () => {
    await openTabs(TABS);
    await grant(120, "tabs:first");
    await Promise.all(tabs.map((tab) => balanceOf(tab, "120")));
    expect(streams).toHaveLength(1);
    const first = await leader();
    const left = tabs.filter((tab) => tab !== first);
    await startBuying(left.pop() as Page, "Starter");
    await first.close();
    await expect.poll(() => streams.length, PATIENCE).toBe(2);
    await grant(50, "tabs:closed");
    await Promise.all(left.map((tab) => balanceOf(tab, "170")));
    const second = await leader();
    await second.goto("about:blank");
    await grant(7, "tabs:gone");
    await Promise.all(left.filter((tab) => tab !== second).map((tab) => balanceOf(tab, "177")));
  });

  test("one that takes the stream over and gets no answer reads by itself", async () => {
    await openTabs(2);
    const first = await leader();
    const [left] = tabs.filter((tab) => tab !== first) as [Page];
    await left.context().route("**/api/events**", () => undefined);
    await first.close();
    await expect.poll(() => streams.length, PATIENCE).toBe(2);
    await grant(30, "tabs:unanswered");
    await balanceOf(left, "30");
  });

  test("a tab that sleeps loses the stream to one that is awake, and follows again when it wakes; signing out in one ends them all", async () => {
    await openTabs(3);
    const asleep = await leader();
    const cdp = await asleep.context().newCDPSession(asleep);
    // Nothing of this tab runs any more, as in a tab that the system has put to sleep.
    await cdp.send("Debugger.enable");
    await cdp.send("Debugger.pause");
    const awake = tabs.filter((tab) => tab !== asleep);
    await expect.poll(leader, PATIENCE).not.toBe(asleep);
    await grant(9, "tabs:asleep");
    await Promise.all(awake.map((tab) => balanceOf(tab, "9")));
    await cdp.send("Debugger.disable");
    await balanceOf(asleep, "9");
    await grant(1, "tabs:awake");
    await Promise.all(tabs.map((tab) => balanceOf(tab, "10")));
    allow(/status of 401/); // what is being read while the session ends
    const [one, ...others] = tabs as [Page, ...Page[]];
    await one.getByRole("button", { name: "Sign out" }).first().click();
    for (const tab of [one, ...others])
      await expect.poll(() => new URL(tab.url()).pathname, PATIENCE).toBe("/sign-in");
  });
});
