// What the billing page is for trials, demo garages and the roles, and what it says when something is wrong.
import { afterAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { closePool } from "@/lib/db/pool";
import { credits } from "@/lib/shared/money";
import { givenStaffedGarage } from "../factories/shared-garage";
import { card, memberOf, openBrowser, PATIENCE, shows } from "../support/browser";
import { BILLING } from "../support/checkout";

const { open, look, newPage } = openBrowser();
const ctx = systemContext("test");

afterAll(closePool);

describe("trial accounts", () => {
  test("“Your trial includes free AI credits. Upgrade to a paid plan to purchase additional credits.”", async () => {
    const page = await look("owner@quayside.test", BILLING);
    await card(page, "Credit Packs")
      .getByText(
        "Your trial includes free AI credits. Upgrade to a paid plan to purchase additional credits.",
      )
      .waitFor();
    expect(await card(page, "Credit Packs").getByRole("listitem").count()).toBe(0);
    expect(await page.content()).not.toContain("Best Value");
    const owner = await memberOf("owner@quayside.test");
    expect((await owner.get("/api/billing/packs")).status).toBe(404);
  });

  test("a simplified dashboard: the balance widget and estimate, no usage, trend chart or purchase history", async () => {
    const page = await look("owner@quayside.test", BILLING);
    await card(page, "Credit Balance").waitFor();
    await shows(page, /should last approximately|Not enough usage data for an estimate/);
    await shows(page, "£1.20 of £5.00");
    for (const title of ["Usage This Cycle", "Credit Trend Chart", "Purchase History"])
      expect(await card(page, title).count()).toBe(0);
  });
});

describe("degradation", () => {
  test.each(["ironbridge", "coldstart", "harbour"])(
    "%s: when credits are exhausted, AI features degrade gracefully: the banner says how",
    async (slug) => {
      const page = await open(`owner@${slug}.test`, BILLING);
      const banner = page.getByRole("alert").filter({ hasText: "No credits remaining." });
      await banner.waitFor();
      await expect
        .poll(() => banner.textContent())
        .toMatch(/takes messages on calls and sends a short reply/);
    },
  );

  test("lowfell: at 90% used the warning reads “Credits very low.”", async () => {
    const page = await open("owner@lowfell.test", BILLING);
    await page.getByRole("status").filter({ hasText: "Credits very low." }).waitFor();
  });
});

describe("“Credit dashboard not visible”", () => {
  test("an advisor sees no balance: not in the page, the answers or the navigation", async () => {
    const page = await open("advisor@brightside.test", BILLING);
    await shows(page, "You don’t have access to billing");
    expect(await page.getByRole("link", { name: "Billing" }).count()).toBe(0);
    expect(await page.content()).not.toMatch(/1,480|allowance|credits available/);
    const advisor = await memberOf("advisor@brightside.test");
    expect((await advisor.get("/api/credits/balance")).status).toBe(403);
  });

  test("a technician is politely refused messages, calls and billing, and has diagnostics", async () => {
    const page = await newPage("technician@brightside.test");
    for (const [path, what] of [
      ["/messages", "messages"],
      ["/voice", "calls"],
      [BILLING, "billing"],
    ] as const) {
      await page.goto(path);
      await shows(page, `You don’t have access to ${what}`);
      await shows(page, "Ask the account owner if you need it.");
    }
    await page.goto("/diagnostics");
    await page.getByRole("heading", { level: 1, name: "Diagnostics" }).waitFor();
  });

  test("a demo garage has a short note instead of the dashboard", async () => {
    const page = await open("owner@showroom.test", BILLING);
    await shows(page, /its AI credits are unlimited/);
    expect(await card(page, "Credit Balance").count()).toBe(0);
  });

  test("a manager sees the balance and the packs without Buy Now, and is told who can buy", async () => {
    const page = await open("manager@brightside.test", BILLING);
    await card(page, "Credit Balance").waitFor();
    const packs = card(page, "Credit Packs");
    await packs.getByText("Only the account owner can buy credits.").waitFor();
    await expect
      .poll(() => packs.getByRole("heading", { level: 3 }).allTextContents())
      .toEqual(["Starter", "Workshop", "Fleet"]);
    expect(await packs.getByRole("button").count()).toBe(0);
  });
});

describe("“Balance is being recalculated”", () => {
  test("is shown while ledger entries are refreshed, and goes by itself", async () => {
    const garage = await givenStaffedGarage(ctx, { purchased: 100 });
    const page = await newPage(garage.owner);
    let recalculating = true;
    await page.route("**/api/credits/balance", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), recalculating } });
    });
    await page.goto(BILLING);
    await expect.poll(() => page.getByTestId("balance").textContent()).toBe("100");
    await grantCredits(ctx, {
      orgId: garage.orgId,
      kind: "gifted",
      amount: credits(1),
      key: "forms:refreshed",
    });
    await shows(page, "Balance is being recalculated");
    recalculating = false;
    await expect.poll(() => page.getByText("Balance is being recalculated").count(), PATIENCE).toBe(0);
  });
});
