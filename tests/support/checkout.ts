import type { Locator, Page } from "@playwright/test";
import { createClient } from "../sandbox/client";
import { sharedApp } from "./app";
import { card, memberOf } from "./browser";

export const BILLING = "/settings/billing";

export const CARDS = {
  good: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  authenticates: "4000 0027 6000 3184",
  declinesLater: "4000 0000 0000 0341",
} as const;

export const SUCCESS = "Credits purchased successfully! Your balance will update shortly.";

/** What the toasts on a page say. */
export const toasts = (page: Page): Locator => page.locator("[data-sonner-toast]");

export const packOf = (page: Page, name: string): Locator =>
  card(page, "Credit Packs")
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name, exact: true }) });

export const buyNow = (page: Page, name: string): Locator =>
  packOf(page, name).getByRole("button", { name: "Buy Now" });

/** From the billing page to Stripe's. */
export async function startBuying(page: Page, name: string): Promise<void> {
  await buyNow(page, name).click();
  await page.getByRole("heading", { name: "Pay Torqueflow" }).waitFor();
}

/** Fills Stripe's form in, and sends it. */
export async function payBy(page: Page, number: string): Promise<void> {
  const fields = {
    Email: "sam@example.com",
    "Card number": number,
    Expiry: "12 / 34",
    CVC: "123",
    "Name on card": "Sam Ortiz",
  };
  for (const [label, text] of Object.entries(fields)) {
    const field = page.getByLabel(label, { exact: true });
    // Stripe does not ask again for an email address that it knows.
    if ((await field.count()) > 0) await field.fill(text);
  }
  await page.getByRole("button", { name: /^(Pay £|Subscribe$)/ }).click();
}

/** At the bank's page. */
export async function answerBank(page: Page, answer: "Complete" | "Fail"): Promise<void> {
  await page.getByRole("heading", { name: "Confirm your payment" }).waitFor();
  await page.getByRole("button", { name: answer, exact: true }).click();
}

/** Lets what the page asks of the server's actions wait, until the returned function is called. */
export async function holdActions(page: Page): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(
    ({ pathname }) => pathname === BILLING,
    async (route) => {
      if (route.request().method() === "POST") await held;
      await route.continue();
    },
  );
  return letGo;
}

/** An organisation's Checkout sessions and payments, as Stripe has them. */
export async function atStripe(orgId: string) {
  const { stripe } = createClient(sharedApp().sandboxUrl);
  const isOurs = ({ metadata }: { metadata: Record<string, string> | null }) => metadata?.org_id === orgId;
  return {
    sessions: (await stripe.list("sessions")).filter(isOurs),
    paid: (await stripe.list("paymentIntents", { status: "succeeded" })).filter(isOurs),
  };
}

/** What the ledger and Purchase History say to a member. */
export async function accountOf(email: string): Promise<{ balance: number; purchases: number }> {
  const member = await memberOf(email);
  const { balance } = await (await member.get("/api/credits/balance")).json();
  const { purchases } = await (await member.get("/api/credits/purchases")).json();
  return { balance, purchases: purchases.length };
}
