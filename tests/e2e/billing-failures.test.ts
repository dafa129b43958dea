// What the billing page says when data cannot be read, and before packs and plan are set up.
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool, pool } from "@/lib/db/pool";
import { givenStaffedGarage } from "../factories/shared-garage";
import { card, openBrowser, PATIENCE } from "../support/browser";
import { BILLING } from "../support/checkout";
import { startOwnApp } from "../support/own-app";
import { topUpCard, topUpSwitch } from "../support/top-up";

// Tables that all garages share are taken away here.
await startOwnApp({ seeded: true });
const { open, newPage, allow } = openBrowser();

/** What the dashboard's blocks read, besides the account itself. */
const TABLES = ["credit_lot", "usage_daily", "credit_purchase", "credit_pack", "stripe_invoice"];
const renamed: string[] = [];

/** From now on every read of credit data fails in the database, on the server's side as well as behind the API. */
async function breakCreditData(tables: readonly string[] = TABLES): Promise<void> {
  for (const table of tables) {
    await pool().query(`ALTER TABLE ${table} RENAME TO ${table}_away`);
    renamed.push(table);
  }
}

async function mendCreditData(): Promise<void> {
  for (const table of renamed.splice(0)) await pool().query(`ALTER TABLE ${table}_away RENAME TO ${table}`);
}

afterEach(mendCreditData);
afterAll(closePool);

const BLOCKS = [
  ["Credit Balance", "Your credit balance could not be loaded"],
  ["Usage This Cycle", "Your usage could not be loaded"],
  ["Credit Trend Chart", "Your usage trend could not be loaded"],
  ["Purchase History", "Your purchases could not be loaded"],
  ["Credit Packs", "The credit packs could not be loaded"],
  ["Auto Top-Up", "Auto top-up could not be loaded"],
  ["Invoices", "Your invoices could not be loaded"],
] as const;

describe("“The billing page is designed to continue working even if credit data fails to load.”", () => {
  test("the subscription stands, each block says what failed, and “Try again” brings each back", async () => {
    allow(/status of 500/);
    await breakCreditData();
    const page = await open("owner@brightside.test", BILLING);
    for (const [title, text] of BLOCKS) await card(page, title).getByText(text).waitFor();
    await card(page, "Subscription").getByText("Active").waitFor();
    await mendCreditData();
    for (const [title] of BLOCKS) {
      // A live event may have brought it back already.
      const retry = card(page, title).getByRole("button", { name: "Try again" });
      await retry.click({ timeout: 2_000 }).catch(() => undefined);
      await expect.poll(() => retry.count(), PATIENCE).toBe(0);
    }
    await page.getByTestId("balance").waitFor();
    await card(page, "Purchase History").getByText("Welcome pack").waitFor();
    await card(page, "Credit Packs").getByRole("button", { name: "Buy Now" }).first().waitFor();
  });

  test("usage that cannot be read takes the estimate alone: the balance stands", async () => {
    allow(/status of 500/);
    await breakCreditData(["usage_daily"]);
    const page = await open("owner@brightside.test", BILLING);
    await card(page, "Usage This Cycle").getByText("Your usage could not be loaded").waitFor();
    await page.getByTestId("balance").waitFor();
    await card(page, "Credit Balance").getByText("Subscription credits").waitFor();
    expect(await page.getByText(/should last approximately/).count()).toBe(0);
  });

  test("a chart whose script does not come takes nothing along; “Try again” brings it", async () => {
    allow(/ERR_FAILED|ChunkLoadError|Failed to load chunk/);
    const page = await newPage("owner@brightside.test");
    const scripts = /\/_next\/static\/.*\.js/;
    await page.route(scripts, async (route) => {
      const response = await route.fetch();
      const isChart = (await response.text()).includes("recharts-surface");
      await (isChart ? route.abort() : route.fulfill({ response }));
    });
    await page.goto(BILLING);
    const trend = card(page, "Credit Trend Chart");
    await trend.getByText("The chart could not be loaded").waitFor();
    await trend.getByText("Current period", { exact: true }).waitFor();
    await trend.getByText("Show as a table").click();
    await expect.poll(() => trend.getByRole("row").count()).toBeGreaterThan(1);
    await page.getByTestId("balance").waitFor();
    await page.unrouteAll({ behavior: "wait" });
    await trend.getByRole("button", { name: "Try again" }).click();
    await trend.locator("svg.recharts-surface").waitFor();
  });
});

describe("“No packs have been set up with Stripe price IDs yet.”", () => {
  test("“Credit packs are being configured. Check back soon.”: Contact Torqueflow support", async () => {
    await pool().query("UPDATE credit_pack SET stripe_price_id = NULL");
    const page = await open("owner@brightside.test", BILLING);
    const packs = card(page, "Credit Packs");
    await packs.getByText("Credit packs are being configured. Check back soon.").waitFor();
    await expect
      .poll(() => packs.getByRole("link", { name: "Contact Torqueflow support" }).getAttribute("href"))
      .toMatch(/^(mailto:|https?:)/);
    expect(await packs.getByRole("button").count()).toBe(0);
  });

  test("auto top-up says so, too, and cannot be switched on", async () => {
    await pool().query("UPDATE credit_pack SET stripe_price_id = NULL");
    const garage = await givenStaffedGarage(systemContext("test"));
    const page = await open(garage.owner, BILLING);
    await topUpCard(page).getByText("Credit packs are being configured. Check back soon.").waitFor();
    await expect.poll(() => topUpSwitch(page).isDisabled()).toBe(true);
  });
});

describe("before a plan has been set up", () => {
  test("a trial reads “Plans are being configured. Check back soon.”, and the credits of an ended subscription stay", async () => {
    await pool().query("UPDATE subscription_plan SET current = false");
    const trial = await open("owner@quayside.test", BILLING);
    const plans = card(trial, "Choose Your Plan");
    await plans.getByText("Plans are being configured. Check back soon.", { exact: true }).waitFor();
    expect(await plans.getByRole("button").count()).toBe(0);
    await pool().query(
      "UPDATE credit_account SET state = 'canceled' WHERE org_id = (SELECT id FROM organization WHERE slug = 'brightside')",
    );
    const ended = await open("owner@brightside.test", BILLING);
    await card(ended, "Subscription")
      .getByText(/^Your subscription has ended\..*until they are used or expire\.$/)
      .waitFor();
  });
});
