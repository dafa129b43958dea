import type { Page } from "@playwright/test";
import type { SandboxClient } from "../sandbox/client";

export const BUYER = "owner@oldmill.test";

/** An owner buys two packs, and has a part of the second refunded: Purchase History has something to show. */
export async function buy(page: Page, { stripe }: SandboxClient): Promise<void> {
  let last = "";
  for (const name of ["Starter", "Workshop"]) {
    await page.goto("/settings/billing");
    const pack = page.locator("#credit-packs li").filter({ hasText: name });
    await pack.getByRole("button", { name: "Buy Now" }).click();
    await page.waitForURL(/\/checkout\/cs_/);
    const outcome = await stripe.pay(new URL(page.url()).pathname.split("/").at(-1) ?? "");
    if (outcome.outcome !== "paid") throw new Error(`the payment came to ${outcome.outcome}`);
    last = outcome.paymentIntent;
  }
  await page.goto("/settings/billing");
  await page.locator("#purchases tbody tr").nth(1).waitFor();
  await stripe.refund({ paymentIntent: last, amount: 1_500 });
  await page.locator("#purchases").getByText("Partly refunded").first().waitFor();
}

/** On below so many credits, as its owner would do it. */
async function turnOn(page: Page, pack: RegExp, credits: number): Promise<void> {
  await page.goto("/settings/billing");
  await page.getByRole("switch", { name: "Auto Top-Up" }).check();
  const choice = page.getByLabel("Credit pack", { exact: true });
  const option = choice.locator("option").filter({ hasText: pack }).first();
  // The packs may come after the form.
  await option.waitFor({ state: "attached" });
  await choice.selectOption({ label: await option.innerText() });
  await page.getByLabel("Balance threshold (credits)").fill(String(credits));
  await page.getByRole("button", { name: "Save Configuration" }).click();
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("Auto top-up enabled successfully").waitFor();
}

/** The buyer's packs are then bought by themselves. */
export const topUp = (page: Page): Promise<void> => turnOn(page, /^Starter/, 500);

export const DECLINED = "owner@lowfell.test";

/** An owner whose card paid once, and is then refused when auto top-up charges it. */
export async function beDeclined(page: Page, { stripe }: SandboxClient): Promise<void> {
  await page.goto("/settings/billing");
  const pack = page.locator("#credit-packs li").filter({ hasText: "Starter" });
  await pack.getByRole("button", { name: "Buy Now" }).click();
  await page.waitForURL(/\/checkout\/cs_/);
  await stripe.pay(new URL(page.url()).pathname.split("/").at(-1) ?? "", { card: "4000000000000341" });
  await turnOn(page, /^Workshop/, 5_000);
  await page.getByText("Your last auto top-up failed.").waitFor();
}
