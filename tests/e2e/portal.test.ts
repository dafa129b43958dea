// Manage Subscription: Stripe's portal and back, and what the page says of what was done there.
import type { Page } from "@playwright/test";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { closePool } from "@/lib/db/pool";
import type { StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { openBrowser, PATIENCE } from "../support/browser";
import { BILLING, holdActions, toasts } from "../support/checkout";
import {
  givenCappedTrial,
  latestSession,
  startSubscribing,
  subscriptionCard,
  subscriptionFacts,
} from "../support/subscribing";

const { open } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

let garage: StaffedGarage;
let page: Page;
beforeEach(async () => {
  garage = await givenCappedTrial(ctx);
  page = await open(garage.owner, BILLING);
  await startSubscribing(page, 2);
  await sandbox.stripe.pay(await latestSession(garage.orgId));
  await page.goto(BILLING);
  await subscriptionCard(page).getByText("Active", { exact: true }).waitFor();
  // Whatever Stripe still has to say would undo what a test brings about here.
  await expect.poll(() => sandbox.pending(), PATIENCE).toBe(0);
});
afterEach(() => sandbox.clearBehaviours());
afterAll(closePool);

const manage = () => page.getByRole("button", { name: "Manage Subscription" });

async function toPortal(button = manage()): Promise<void> {
  await button.click();
  await page.getByRole("heading", { name: "Manage your billing" }).waitFor();
}

async function backFromPortal(): Promise<void> {
  await page.getByRole("link", { name: "Return to Torqueflow" }).click();
  await subscriptionCard(page).getByText("Manage Subscription").waitFor();
  await expect.poll(() => new URL(page.url()).search).toBe("");
}

test("the button leads to Stripe’s portal and back to Billing; bays changed there are the card’s", async () => {
  const letGo = await holdActions(page);
  await manage().press("Enter");
  const pressed = page.getByRole("button", { name: "Redirecting…" });
  await pressed.waitFor();
  await expect.poll(() => pressed.evaluate((button) => button === document.activeElement)).toBe(true);
  letGo();
  await page.getByRole("heading", { name: "Manage your billing" }).waitFor();
  await page.getByText("Update subscription").click();
  await page.getByLabel("Bays").fill("4");
  await page.getByRole("button", { name: "Update bays" }).click();
  await page.getByText(/Torqueflow, 4 bays/).waitFor();
  await backFromPortal();
  await expect
    .poll(async () => (await subscriptionFacts(page)).slice(0, 2), PATIENCE)
    .toEqual(["Bays 4 billed monthly", "Price a month £480.00 £400.00 + £80.00 VAT"]);
  // Two more bays of 500 credits, for what is left of a period that began today.
  await page
    .getByTestId("balance")
    .filter({ hasText: /^1,9[6-9]\d$/ })
    .waitFor();
});

test("cancelled there: “Ends on …” with a way to resume, which resumes; a card that stands open follows", async () => {
  const theirs = await open(garage.manager, BILLING);
  const ends = subscriptionCard(theirs).getByText(/^Ends on \d+ \w+/);
  await subscriptionCard(theirs).getByText("Active", { exact: true }).waitFor();
  await toPortal();
  await page.getByRole("button", { name: "Cancel subscription" }).click();
  await page.getByRole("button", { name: "Don’t cancel subscription" }).waitFor();
  await backFromPortal();
  await subscriptionCard(page)
    .getByText(/^Ends on \d+ \w+/)
    .waitFor();
  await ends.waitFor();
  await toPortal(page.getByRole("button", { name: "Resume Subscription" }));
  await page.getByRole("button", { name: "Don’t cancel subscription" }).click();
  await page.getByRole("button", { name: "Cancel subscription", exact: true }).waitFor();
  await backFromPortal();
  await subscriptionCard(page)
    .getByText(/^Ends on/)
    .waitFor({ state: "detached" });
  await ends.waitFor({ state: "detached" });
});

test("a portal that Stripe refuses is said, with where support is, and the button works again", async () => {
  await sandbox.behave({
    provider: "stripe",
    on: "rest",
    match: { route: "billingPortal.sessions.create" },
    effect: { kind: "error", code: 400 },
  });
  await manage().click();
  await toasts(page)
    .getByText(/^Stripe’?'?s billing portal could not be opened\..*contact Torqueflow support/)
    .waitFor();
  await toPortal();
});

test("“Update Payment” leads there from every page; back, the banner follows what Stripe says", async () => {
  // The billing page would ask for blocks that this state does not have.
  await page.goto("/voice");
  await changeSubscription(ctx, { orgId: garage.orgId, state: "past_due" });
  const banner = page
    .getByRole("status")
    .filter({ hasText: "Your last subscription payment did not go through." });
  await toPortal(banner.getByRole("button", { name: "Update Payment" }));
  await backFromPortal();
  await banner.waitFor({ state: "detached" });
  await subscriptionCard(page).getByText("Active", { exact: true }).waitFor();
});
