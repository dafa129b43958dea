// The sentences of `ai-credits.txt` on buying a credit pack, in a browser and on Stripe's own pages.
import type { Page } from "@playwright/test";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { card, openBrowser, PATIENCE, shows } from "../support/browser";
import {
  accountOf,
  atStripe,
  BILLING,
  buyNow,
  CARDS,
  holdActions,
  packOf,
  payBy,
  SUCCESS,
  startBuying,
  toasts,
} from "../support/checkout";

const { open, newTabBeside, allow } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

const BOUGHT_ONE = { balance: 1_000, purchases: 1 };
const BOUGHT_NONE = { balance: 0, purchases: 0 };

afterEach(() => sandbox.clearBehaviours());
afterAll(closePool);

/** A CSS colour as the screen shows it: red, green and blue of 255. */
const pixelOf = (on: Page, colour: string): Promise<number[]> =>
  on.evaluate((fill) => {
    const canvas = document.createElement("canvas").getContext("2d");
    if (!canvas) throw new Error("no canvas");
    canvas.fillStyle = fill;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  }, colour);

describe("Available packs display as cards in a grid, each showing:", () => {
  const PACKS = [
    ["Starter", "1,000 credits", "£10.00", "1.0p per credit"],
    ["Workshop", "5,000 credits", "£45.00", "0.9p per credit"],
    ["Fleet", "20,000 credits", "£160.00", "0.8p per credit"],
  ] as const;

  test("a name with a lightning bolt icon, credits, price and price per credit; the lowest per-credit cost has a purple “Best Value” badge and a highlighted border", async () => {
    const page = await open("owner@brightside.test", BILLING);
    for (const [name, ...texts] of PACKS) {
      const pack = packOf(page, name);
      await pack.getByRole("heading", { name }).locator("svg.lucide-zap").waitFor();
      for (const text of texts) await pack.getByText(text, { exact: true }).waitFor();
      await buyNow(page, name).waitFor();
    }
    const badges = card(page, "Credit Packs").getByText("Best Value", { exact: true });
    await badges.first().waitFor();
    await expect.poll(() => badges.count()).toBe(1);
    const badge = packOf(page, "Fleet").getByText("Best Value", { exact: true });
    const colour = await badge.evaluate((element) => getComputedStyle(element).color);
    const [red = 0, green = 0, blue = 0] = await pixelOf(page, colour);
    expect(green).toBeLessThan(red);
    expect(red).toBeLessThan(blue);
    const border = (name: string) =>
      packOf(page, name).evaluate((element) => getComputedStyle(element).borderTopColor);
    await expect.poll(() => border("Fleet")).toBe(colour);
    expect(await border("Starter")).not.toBe(colour);
    expect(await border("Workshop")).toBe(await border("Starter"));
  });
});

describe("Click Buy Now on your chosen pack.", () => {
  let garage: StaffedGarage;
  let page: Page;
  beforeEach(async () => {
    garage = await givenStaffedGarage(ctx);
    page = await open(garage.owner, BILLING);
  });

  const balance = () => page.getByTestId("balance").textContent();
  const history = () => card(page, "Purchase History");

  test("The button changes to “Redirecting…” while the Stripe Checkout session is created", async () => {
    const letGo = await holdActions(page);
    await buyNow(page, "Workshop").click();
    await packOf(page, "Workshop").getByRole("button", { name: "Redirecting…" }).waitFor();
    for (const other of ["Starter", "Fleet"])
      await expect.poll(() => buyNow(page, other).isDisabled()).toBe(true);
    letGo();
    await page.getByRole("heading", { name: "Pay Torqueflow" }).waitFor();
    await page.getByRole("button", { name: "Pay £45.00" }).waitFor();
  });

  test("the keyboard’s focus stays on the pressed button", async () => {
    const letGo = await holdActions(page);
    await buyNow(page, "Starter").press("Enter");
    const pressed = packOf(page, "Starter").getByRole("button", { name: "Redirecting…" });
    await pressed.waitFor();
    await expect.poll(() => pressed.evaluate((button) => button === document.activeElement)).toBe(true);
    letGo();
  });

  test("On success, a toast message appears, and the balance refreshes automatically", async () => {
    await startBuying(page, "Starter");
    const [session] = (await atStripe(garage.orgId)).sessions;
    // The customer is back before Stripe's events are, and what came with their page was read before they were credited.
    await sandbox.behave({
      provider: "stripe",
      on: "delivery",
      match: { customer: String(session?.customer) },
      times: null,
      effect: { kind: "hold" },
    });
    const letGo = await holdActions(page);
    await payBy(page, CARDS.good);
    await expect.poll(balance, PATIENCE).toBe("0");
    expect(await toasts(page).count()).toBe(0);
    await page.evaluate(() => document.body.setAttribute("data-same-page", ""));
    letGo();
    await toasts(page).getByText(SUCCESS, { exact: true }).waitFor();
    await expect.poll(balance, PATIENCE).toBe("1,000");
    await card(page, "Credit Balance").getByText("(no expiry)").waitFor();
    await history()
      .getByRole("row", { name: /Starter/ })
      .waitFor();
    await expect.poll(() => page.locator("body[data-same-page]").count()).toBe(1);
    await sandbox.flush({ provider: "stripe" });
    expect(await accountOf(garage.owner)).toEqual(BOUGHT_ONE);
  });

  test("the history shows the date, pack, credits, cost and source", async () => {
    await startBuying(page, "Starter");
    await payBy(page, CARDS.good);
    const today = new Date().toLocaleDateString("en-GB", {
      day: "numeric",
      month: "long",
      timeZone: "Europe/London",
    });
    const row = history().getByRole("row", { name: /Starter/ });
    await row.waitFor();
    await expect
      .poll(() => row.getByRole("cell").allInnerTexts())
      .toEqual([today, "Starter", "Manual purchase", "1,000", "£10.00"]);
  });

  test("coming back leaves a clean address, and a reload says nothing again", async () => {
    await startBuying(page, "Starter");
    await payBy(page, CARDS.good);
    await toasts(page).getByText(SUCCESS).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("");
    await page.reload();
    await holdActions(page);
    await buyNow(page, "Starter").click();
    await packOf(page, "Starter").getByRole("button", { name: "Redirecting…" }).waitFor();
    expect(await toasts(page).count()).toBe(0);
  });

  test("If you cancel checkout, a toast reads: “Purchase cancelled.”, and nothing was bought", async () => {
    await startBuying(page, "Starter");
    await page.getByRole("link", { name: "Back" }).click();
    await toasts(page).getByText("Purchase cancelled.", { exact: true }).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("");
    await history().getByText("No purchases yet").waitFor();
    expect(await accountOf(garage.owner)).toEqual(BOUGHT_NONE);
  });

  test("a double click makes one session, and one payment", async () => {
    const actions: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith(BILLING)) actions.push(request.url());
    });
    await buyNow(page, "Starter").dblclick();
    await page.getByRole("heading", { name: "Pay Torqueflow" }).waitFor();
    expect(actions).toHaveLength(1);
    await payBy(page, CARDS.good);
    await toasts(page).getByText(SUCCESS).waitFor();
    await expect.poll(() => accountOf(garage.owner), PATIENCE).toEqual(BOUGHT_ONE);
    const { sessions, paid } = await atStripe(garage.orgId);
    expect([sessions.length, paid.length]).toEqual([1, 1]);
  });

  test("the same pack in two tabs is the same session: paid in both, it is paid once", async () => {
    const other = await newTabBeside(page);
    await other.goto(BILLING);
    await Promise.all([startBuying(page, "Starter"), startBuying(other, "Starter")]);
    await expect.poll(() => other.url()).toBe(page.url());
    await payBy(page, CARDS.good);
    await toasts(page).getByText(SUCCESS).waitFor();
    await payBy(other, CARDS.good);
    await shows(other, "This payment is complete");
    await other.getByRole("link", { name: "Continue" }).click();
    await toasts(other).getByText(SUCCESS).waitFor();
    await expect.poll(() => other.getByTestId("balance").textContent(), PATIENCE).toBe("1,000");
    expect(await accountOf(garage.owner)).toEqual(BOUGHT_ONE);
    const { sessions, paid } = await atStripe(garage.orgId);
    expect([sessions.length, paid.length]).toEqual([1, 1]);
  });

  test("Back from Stripe’s page, Buy Now leads there again", async () => {
    await startBuying(page, "Starter");
    const first = page.url();
    await page.goBack();
    await startBuying(page, "Starter");
    await expect.poll(() => page.url()).toBe(first);
  });

  test("where Stripe starts no checkout, that is said, and Buy Now works again", async () => {
    await sandbox.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      effect: { kind: "error", code: 400 },
    });
    await buyNow(page, "Starter").click();
    await toasts(page).getByText("Checkout could not be started. Please try again in a moment.").waitFor();
    await startBuying(page, "Starter");
  });

  test("a page from before a deploy tells of the new version, not of the connection, and reloads", async () => {
    allow(/status of 409/);
    await page.route(
      ({ pathname }) => pathname === BILLING,
      async (route) => {
        const headers = route.request().headers();
        const action = headers["next-action"];
        if (action === undefined) return route.continue();
        await route.continue({ headers: { ...headers, "next-action": [...action].reverse().join("") } });
      },
      { times: 1 },
    );
    await buyNow(page, "Starter").click();
    const told = toasts(page).filter({ hasText: "There is a new version of Torqueflow" });
    await told.waitFor();
    await told.getByRole("button", { name: "Reload" }).click();
    await told.waitFor({ state: "detached" });
    await startBuying(page, "Starter");
  });

  test("where Torqueflow cannot be reached, that is said, and Buy Now works again", async () => {
    allow(/net::ERR_/);
    // What shows toasts comes when somebody moves towards the page.
    await buyNow(page, "Starter").hover();
    await page.locator("section[aria-label^=Notifications]").waitFor({ state: "attached" });
    await page.context().setOffline(true);
    await buyNow(page, "Starter").click();
    await toasts(page)
      .getByText("Torqueflow could not be reached. Check your connection and try again.")
      .waitFor();
    await page.context().setOffline(false);
    await startBuying(page, "Starter");
  });
});
