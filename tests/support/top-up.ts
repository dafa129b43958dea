import type { Locator, Page } from "@playwright/test";
import { expect } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { credits, microUsd } from "@/lib/shared/money";
import { fullStart } from "../factories/ledger";
import type { StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "./app";
import { card, memberOf, PATIENCE } from "./browser";
import { accountOf, atStripe, BILLING, payBy, SUCCESS, startBuying, toasts } from "./checkout";
import { callAction } from "./server-action";

export const topUpCard = (page: Page): Locator => card(page, "Auto Top-Up");
export const topUpSwitch = (page: Page): Locator =>
  topUpCard(page).getByRole("switch", { name: "Auto Top-Up" });

/** Waits until the switch can be pressed, and React has taken it over: what is pressed before is not heard. */
export const topUpReady = (page: Page) =>
  page.waitForFunction(() => {
    const element = document.querySelector<HTMLInputElement>("#auto-top-up [role=switch]");
    return element?.disabled === false && Object.keys(element).some((key) => key.startsWith("__reactProps"));
  });
export const threshold = (page: Page): Locator => page.getByLabel("Balance threshold (credits)");
export const packChoice = (page: Page): Locator => page.getByLabel("Credit pack", { exact: true });
export const monthlyLimit = (page: Page): Locator => page.getByLabel("Monthly limit in pounds (optional)");
export const confirmation = (page: Page, title: "Enable" | "Update"): Locator =>
  page.getByRole("dialog", { name: `${title} Auto Top-Up` });
export const saveConfiguration = (page: Page): Promise<void> =>
  topUpCard(page).getByRole("button", { name: "Save Configuration" }).click();
export const lastFailed = (page: Page): Locator =>
  page.getByText("Your last auto top-up failed. Please check your payment method.", { exact: true });

/** A first purchase, on Stripe's page, saves the card. */
export async function buyStarterBy(page: Page, number: string): Promise<void> {
  await startBuying(page, "Starter");
  await payBy(page, number);
  await toasts(page).getByText(SUCCESS).waitFor();
}

/** The same without a browser, which `buying.test.ts` goes through by hand. */
export async function givenStarterBoughtBy(garage: StaffedGarage, number: string): Promise<void> {
  const { url, sandboxUrl } = sharedApp();
  const { cookie, get } = await memberOf(garage.owner);
  const { packs } = await (await get("/api/billing/packs")).json();
  const { id: packId, credits, pricePence } = packs.find((pack: { name: string }) => pack.name === "Starter");
  const asked = [garage.orgId, { packId, credits, pricePence }];
  const answer = await callAction({ url, cookie, page: BILLING }, "startCheckout", asked);
  expect(answer).toMatchObject({ kind: "redirect" });
  const [session] = (await atStripe(garage.orgId)).sessions;
  const card = number.replaceAll(" ", "");
  const paid = await createClient(sandboxUrl).stripe.pay(String(session?.id), { card });
  expect(paid).toMatchObject({ outcome: "paid" });
  await expect.poll(() => accountOf(garage.owner), PATIENCE).toEqual({ balance: credits, purchases: 1 });
}

/** Switches it on: below so many credits, a Starter. */
export async function turnOnBelow(page: Page, credits: number): Promise<void> {
  await topUpReady(page);
  await topUpSwitch(page).check();
  await threshold(page).fill(String(credits));
  await saveConfiguration(page);
  await confirmation(page, "Enable").getByRole("button", { name: "Confirm" }).click();
  await toasts(page).getByText("Auto top-up enabled successfully", { exact: true }).waitFor();
}

/** From Stripe's portal, another card; the page that it leads back to knows of it. */
export async function addCardInPortal(page: Page, number: string): Promise<void> {
  await page.getByRole("heading", { name: "Manage your billing" }).waitFor();
  await page.getByText("Add payment method").click();
  for (const [label, text] of Object.entries({
    "Card number": number,
    Expiry: "12 / 34",
    CVC: "123",
    "Name on card": "Sam Ortiz",
  })) {
    const field = page.getByLabel(label, { exact: true });
    if ((await field.count()) > 0) await field.fill(text);
  }
  await page.getByRole("button", { name: "Add as default" }).click();
  await page.getByRole("link", { name: "Return to Torqueflow" }).click();
  await page.waitForURL(({ pathname }) => pathname === BILLING);
}

const CENT = 10_000n;

/** A call that costs so many credits. */
export const spend = (ctx: Ctx, { orgId }: StaffedGarage, whole: number) =>
  settleInteraction(ctx, {
    orgId,
    channel: "voice",
    providerRef: ctx.newId(),
    cost: microUsd(BigInt(whole) * CENT),
    counted: true,
    start: fullStart(ctx.now()),
  });

export const give = (ctx: Ctx, { orgId }: StaffedGarage, whole: number) =>
  grantCredits(ctx, { orgId, kind: "gifted", amount: credits(whole), key: `given:${ctx.newId()}` });
