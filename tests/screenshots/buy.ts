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
