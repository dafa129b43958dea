// The sentences of `ai-credits.txt` on viewing, on the seeded garages. Each test is named after its sentence.
import type { Page } from "@playwright/test";
import { afterAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { closePool } from "@/lib/db/pool";
import { formatNumber } from "@/lib/shared/format";
import { microUsd } from "@/lib/shared/money";
import { fullStart } from "../factories/ledger";
import { givenPurchases } from "../factories/purchases";
import { givenStaffedGarage } from "../factories/shared-garage";
import { card, memberOf, openBrowser, PATIENCE, shows } from "../support/browser";
import { BILLING } from "../support/checkout";

const { open, look } = openBrowser();

const ctx = systemContext("test");

afterAll(closePool);

const owner = (slug: string) => `owner@${slug}.test`;
const lookAtBilling = (slug: string): Promise<Page> => look(owner(slug), BILLING);

type Balance = { balance: number; allowance: number; status: string; lots: { kind: string }[] };

async function read<T>(slug: string, path: string): Promise<T> {
  return (await (await memberOf(owner(slug))).get(`/api/${path}`)).json() as Promise<T>;
}

describe("view your credit balance", () => {
  test("Navigate to Settings > Billing: the credit dashboard is below the subscription details", async () => {
    const page = await open(owner("brightside"), "/messages");
    await page.getByRole("link", { name: "Billing" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Billing" }).waitFor();
    await card(page, "Credit Balance").waitFor();
    const titles = page.getByRole("heading", { level: 2 });
    await expect
      .poll(() => titles.allTextContents(), PATIENCE)
      .toEqual([
        "Subscription",
        "Credit Balance",
        "Usage This Cycle",
        "Credit Trend Chart",
        "Purchase History",
        "Credit Packs",
        "Auto Top-Up",
        "Invoices",
      ]);
  });

  test("the Credit Balance card has a fuel gauge icon, and the total balance as a large number", async () => {
    const page = await lookAtBilling("brightside");
    const { balance } = await read<Balance>("brightside", "credits/balance");
    await card(page, "Credit Balance").locator("svg.lucide-fuel").waitFor();
    const number = page.getByTestId("balance");
    await expect.poll(() => number.textContent(), PATIENCE).toBe(formatNumber(balance));
    const size = await number.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThanOrEqual(32);
  });

  test.each([
    ["oldmill", "healthy", "Credits healthy"],
    ["brightside", "moderate", "Credits in good shape"],
    ["lowfell", "very_low", "Credits very low"],
    ["ironbridge", "exhausted", "No credits remaining"],
    ["coldstart", "exhausted", "No credits remaining"],
  ])("Fuel gauge and status text below it: %s is %s, “%s”", async (slug, status, statusText) => {
    const page = await lookAtBilling(slug);
    const gauge = page.getByRole("progressbar", { name: "Credit balance" });
    await gauge.waitFor();
    await expect.poll(() => gauge.getAttribute("data-status")).toBe(status);
    await card(page, "Credit Balance").getByText(statusText, { exact: true }).waitFor();
    const fills = await gauge.locator("> div").count();
    expect(fills).toBe(status === "exhausted" ? 0 : 1);
    const [gaugeBox, textBox] = await Promise.all([
      gauge.boundingBox(),
      card(page, "Credit Balance").getByText(statusText, { exact: true }).boundingBox(),
    ]);
    expect(textBox?.y).toBeGreaterThan(gaugeBox?.y ?? Number.POSITIVE_INFINITY);
  });

  test("Empty with orange outline: exhausted (0%)", async () => {
    const page = await lookAtBilling("ironbridge");
    const gauge = page.getByRole("progressbar", { name: "Credit balance" });
    await gauge.waitFor();
    const look = await gauge.evaluate((element) => {
      const { borderTopWidth, backgroundColor } = getComputedStyle(element);
      return { borderTopWidth, backgroundColor };
    });
    expect(look).toEqual({ borderTopWidth: "2px", backgroundColor: "rgba(0, 0, 0, 0)" });
    await expect.poll(() => page.getByTestId("balance").textContent()).toBe("0");
  });

  test("“Based on your usage, these credits should last approximately 12 days.”", async () => {
    // 528 credits in the last fourteen days, 472 left: twelve and a half days.
    const garage = await givenStaffedGarage(ctx, { purchased: 1_000 });
    for (const daysAgo of [1, 4, 9]) {
      const at = new Date(Date.now() - daysAgo * 86_400_000);
      const interaction = { orgId: garage.orgId, channel: "voice", providerRef: `call-${daysAgo}` } as const;
      const settled = { cost: microUsd(1_760_000n), counted: true, start: fullStart(at) };
      await settleInteraction({ ...ctx, now: () => at }, { ...interaction, ...settled });
    }
    const page = await open(garage.owner, BILLING);
    await shows(page, /^Based on your usage, these credits should last approximately 12 days\.$/);
  });

  test("at a balance of 0 there is no estimate", async () => {
    const page = await lookAtBilling("ironbridge");
    await card(page, "Credit Balance").waitFor();
    expect(await page.getByText(/should last|Not enough usage data/).count()).toBe(0);
  });

  test("Subscription credits with the refresh date, gifted with the expiry, purchased with “(no expiry)”", async () => {
    const page = await lookAtBilling("brightside");
    const list = card(page, "Credit Balance").locator("dl");
    await list.waitFor();
    const names = (await list.locator("dt").allTextContents()).map((text) =>
      text.replace(/\s+/g, " ").trim(),
    );
    expect(names).toEqual([
      expect.stringMatching(/^Subscription credits refreshes \d{1,2} [A-Z][a-z]+$/),
      expect.stringMatching(/^Gifted credits expires \d{1,2} [A-Z][a-z]+( \d{4})?$/),
      "Purchased credits (no expiry)",
    ]);
    const { lots } = await read<Balance>("brightside", "credits/balance");
    await expect.poll(() => list.locator("dd").count()).toBe(lots.length);
  });
});

describe("view usage by channel", () => {
  test("the Usage This Cycle card shows a 4-column grid: icon, label, interaction count, credits", async () => {
    const page = await lookAtBilling("brightside");
    const channels = card(page, "Usage This Cycle").locator("ul > li");
    await channels.first().waitFor();
    const texts = (await channels.allTextContents()).map((text) => text.replace(/\s+/g, " ").trim());
    expect(texts).toEqual([
      expect.stringMatching(/^Voice\s*[\d,]+ calls?\s*[\d,]+ credits?$/),
      expect.stringMatching(/^WhatsApp\s*[\d,]+ messages?\s*[\d,]+ credits?$/),
      expect.stringMatching(/^SMS\s*[\d,]+ messages?\s*[\d,]+ credits?$/),
      expect.stringMatching(/^Diagnostics\s*[\d,]+ quer(y|ies)\s*[\d,]+ credits?$/),
    ]);
    await expect.poll(() => channels.locator("svg").count()).toBe(4);
    const tops = await channels.evaluateAll((items) => items.map((item) => item.getBoundingClientRect().top));
    expect(new Set(tops).size).toBe(1);
  });

  test("Channels with no usage appear dimmed", async () => {
    const page = await lookAtBilling("oldmill");
    const sms = card(page, "Usage This Cycle").locator("li", { hasText: "SMS" });
    await sms.waitFor();
    const busyPage = await lookAtBilling("brightside");
    const busy = card(busyPage, "Usage This Cycle").locator("li", { hasText: "SMS" });
    const colour = (element: Element) => getComputedStyle(element).color;
    expect([await sms.getAttribute("data-idle"), await busy.getAttribute("data-idle")]).toEqual([
      "true",
      null,
    ]);
    expect(await sms.evaluate(colour)).not.toBe(await busy.evaluate(colour));
  });

  test("per-call cost is never shown", async () => {
    const page = await open(owner("brightside"), BILLING);
    for (const title of ["Usage This Cycle", "Credit Trend Chart"]) {
      await card(page, title).locator("li, dl").first().waitFor();
      expect(await card(page, title).innerText()).not.toMatch(/£|cost/i);
    }
    expect(await page.locator("main").innerText()).not.toMatch(/per (call|message|query)/i);
    await page.goto("/voice");
    await page.getByRole("heading", { level: 1, name: "Voice Dashboard" }).waitFor();
    expect(await page.locator("main").innerText()).not.toMatch(/£|credits? used|cost/i);
  });
});

describe("view credit usage trend", () => {
  test("The Credit Trend Chart card shows daily credit consumption over time", async () => {
    const page = await lookAtBilling("brightside");
    const trend = card(page, "Credit Trend Chart");
    await trend.locator("svg.recharts-surface").waitFor();
    await trend.getByText("Show as a table").click();
    const rows = trend.locator("tbody tr");
    const { days } = await read<{ days: unknown[] }>("brightside", "credits/trend");
    await expect.poll(() => rows.count()).toBe(days.length);
  });

  test("It includes the current period total, previous period total, and percentage change", async () => {
    const page = await lookAtBilling("brightside");
    const figures = card(page, "Credit Trend Chart").locator("dl > div");
    await figures.first().waitFor();
    await expect
      .poll(() => figures.allInnerTexts())
      .toEqual([
        expect.stringMatching(/^Current period\s+[\d,]+$/),
        expect.stringMatching(/^Previous period\s+[\d,]+$/),
        expect.stringMatching(/^Change\s+[+−]?[\d,]+%$/),
      ]);
  });
});

describe("view purchase history", () => {
  test("The Purchase History section lists past credit pack purchases: what was bought, or none yet", async () => {
    const buyer = await lookAtBilling("brightside");
    await card(buyer, "Purchase History").getByText("Welcome pack").waitFor();
    const page = await lookAtBilling("lowfell");
    await card(page, "Purchase History").getByText("No purchases yet").waitFor();
  });

  test("Each entry shows the date, pack name, credits, cost, and source; and what became of it", async () => {
    const garage = await givenStaffedGarage(ctx);
    await givenPurchases(ctx, garage.orgId);
    const page = await open(garage.owner, BILLING);
    const rows = card(page, "Purchase History").getByRole("row");
    await rows.nth(1).waitFor();
    const lines = (await rows.allInnerTexts()).map((text) => text.split(/\s*[\t\n]\s*/).filter(Boolean));
    const date = expect.stringMatching(/^\d{1,2} [A-Z][a-z]+( \d{4})?$/);
    expect(lines).toEqual([
      ["Date", "Pack", "Source", "Credits", "Cost"],
      [date, "Starter", "Auto top-up", "1,000", "£10.00"],
      [date, "Starter", "Partly refunded", "Manual purchase", "1,000", "£10.00", "£2.50 returned"],
      [date, "Starter", "Refunded", "Manual purchase", "1,000", "£10.00", "£10.00 returned"],
      [date, "Starter", "Disputed", "Manual purchase", "1,000", "£10.00"],
      [date, "Starter", "Charged back", "Manual purchase", "1,000", "£10.00", "£10.00 returned"],
    ]);
  });
});
