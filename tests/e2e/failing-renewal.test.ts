// A renewal that the card does not pay, as everybody of the garage sees it, and how it is mended at Stripe's portal.
import type { Page } from "@playwright/test";
import { afterAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { followClock } from "@/lib/db/database-clock";
import { closePool, pool } from "@/lib/db/pool";
import { lineOf } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { openBrowser } from "../support/browser";
import { BILLING, CARDS, payBy } from "../support/checkout";
import { startOwnApp } from "../support/own-app";
import { givenCappedTrial, nextCall, startSubscribing, subscriptionCard } from "../support/subscribing";

// A month is played: the clock is this file's own.
const { sandboxUrl } = await startOwnApp();
const sandbox = createClient(sandboxUrl);
const { open } = openBrowser();
const ctx = systemContext("test");
afterAll(closePool);

const UNPAID = "Your last subscription payment did not go through.";
const bannerOf = (page: Page) => page.getByRole("status").filter({ hasText: UNPAID });
const updateOn = (page: Page) => bannerOf(page).getByRole("button", { name: "Update Payment" });

/** Whole credits of each allowance that the garage was given, the oldest first. */
async function allowances(orgId: string): Promise<number[]> {
  const { rows } = await pool().query<{ whole: number }>(
    `SELECT (granted / 1000000)::int AS whole FROM credit_lot WHERE org_id = $1 AND kind = 'monthly' ORDER BY id`,
    [orgId],
  );
  return rows.map(({ whole }) => whole);
}

test("a renewal fails: the banner for each as they can act, a new card and the payment in the portal, and it is gone by itself", async () => {
  const garage = await givenCappedTrial(ctx);
  await sandbox.addLine(lineOf(garage));
  expect(await nextCall(garage)).toEqual({ level: 3, reason: "trial-cap" });
  const owner = await open(garage.owner, BILLING);
  await startSubscribing(owner, 2);
  await payBy(owner, CARDS.declinesLater);
  await subscriptionCard(owner).getByText("Active", { exact: true }).waitFor();
  expect(await nextCall(garage)).toEqual({ level: 0, reason: null });
  expect(await allowances(garage.orgId)).toEqual([1_000]);

  // They look elsewhere while the month goes by.
  const [manager, advisor] = await Promise.all([
    open(garage.manager, "/voice"),
    open(`advisor@${garage.slug}.test`, "/messages"),
  ]);
  await owner.goto("/voice");
  await sandbox.play("month", garage.slug);
  await followClock();
  await Promise.all([
    updateOn(owner).waitFor(),
    updateOn(manager).waitFor(),
    bannerOf(advisor).getByText("Contact your account owner to resolve.").waitFor(),
  ]);
  expect(await updateOn(advisor).count()).toBe(0);
  const [invoice] = await sandbox.stripe.list("invoices", { status: "open" });
  expect(invoice).toMatchObject({ billing_reason: "subscription_cycle", attempt_count: 1 });
  // The scheduler was first at the boundary, when nothing had failed yet.
  expect(await allowances(garage.orgId)).toEqual([1_000, 1_000]);

  await updateOn(owner).click();
  await owner.getByRole("heading", { name: "Manage your billing" }).waitFor();
  await owner.getByText("Add payment method").click();
  for (const [label, text] of Object.entries({
    "Card number": CARDS.good,
    Expiry: "12 / 34",
    CVC: "123",
    "Name on card": "Sam Ortiz",
  }))
    await owner.getByLabel(label, { exact: true }).fill(text);
  await owner.getByRole("button", { name: "Add as default" }).click();
  await owner.getByText("Visa ending 4242").first().waitFor();
  await owner.getByRole("button", { name: "Pay now" }).click();
  await owner.getByRole("button", { name: "Pay now" }).waitFor({ state: "detached" });

  await Promise.all([manager, advisor].map((page) => bannerOf(page).waitFor({ state: "detached" })));
  await owner.getByRole("link", { name: "Return to Torqueflow" }).click();
  await subscriptionCard(owner).getByText("Active", { exact: true }).waitFor();
  await subscriptionCard(owner).getByText("ending in 4242").first().waitFor();
  await expect.poll(() => bannerOf(owner).count()).toBe(0);
  expect(await allowances(garage.orgId)).toEqual([1_000, 1_000]);
  expect(await nextCall(garage)).toEqual({ level: 0, reason: null });
});
