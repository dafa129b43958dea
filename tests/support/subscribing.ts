import type { Page } from "@playwright/test";
import type { Ctx } from "@/lib/auth/context";
import { pool } from "@/lib/db/pool";
import { givenStaffedGarage, type StaffedGarage } from "../factories/shared-garage";
import { givenPlan } from "../factories/subscriptions";
import { createClient } from "../sandbox/client";
import { sharedApp } from "./app";
import { card, memberOf } from "./browser";
import { atStripe } from "./checkout";

/** A garage with staff in a trial that has reached its cap: nothing is answered in full until that is lifted. */
export async function givenCappedTrial(ctx: Ctx): Promise<StaffedGarage> {
  await givenPlan(ctx);
  const garage = await givenStaffedGarage(ctx);
  await pool().query(
    `UPDATE credit_account SET state = 'trial', trial_cap_micro_gbp = 5000000, trial_spent_micro_gbp = 5000000,
       renews_at = NULL, period_ends_at = NULL WHERE org_id = $1`,
    [garage.orgId],
  );
  return garage;
}

export const upgradeNow = (page: Page) => page.getByRole("button", { name: "Upgrade Now" });

export const subscriptionCard = (page: Page) => card(page, "Subscription");

/** What the subscription card says of bays, price, the next invoice and the card: a line each. */
export const subscriptionFacts = async (page: Page): Promise<string[]> =>
  (await subscriptionCard(page).locator("dl > div").allInnerTexts()).map((text) => text.replace(/\s+/g, " "));

/** Waits until React has taken the chooser over: its script comes by itself, after the page. */
export const chooserReady = (page: Page) =>
  page.waitForFunction(() =>
    Object.keys(document.getElementById("bays") ?? {}).some((key) => key.startsWith("__reactProps")),
  );

/** From the billing page to Stripe's, with so many bays. */
export async function startSubscribing(page: Page, bays: number, billed: "Monthly" | "Annual" = "Monthly") {
  await chooserReady(page);
  await page.getByRole("textbox", { name: "Bays" }).fill(String(bays));
  await page.getByRole("radio", { name: billed }).check();
  await upgradeNow(page).click();
  await page.getByRole("heading", { name: "Subscribe to Torqueflow" }).waitFor();
}

/** The Checkout session that an organisation began last. */
export const latestSession = async (orgId: string): Promise<string> =>
  String((await atStripe(orgId)).sessions[0]?.id);

/** Rings a garage whose line the providers know: how the call is answered. */
export async function nextCall({ slug }: StaffedGarage): Promise<unknown> {
  await createClient(sharedApp().sandboxUrl).call({ line: slug, from: "+447700900650" });
  const advisor = await memberOf(`advisor@${slug}.test`);
  const { calls } = await (await advisor.get("/api/voice/calls?limit=1")).json();
  return { level: calls[0]?.level, reason: calls[0]?.degradationReason };
}
