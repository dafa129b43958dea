import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { findDrift } from "@/lib/credits/store/reconcile";
import { type Buyer, givenBuyer } from "../factories/buyer";
import { accountOf, allowancesOf, clickUpgrade, planOrdersOf } from "../factories/subscribing";
import { givenPlan } from "../factories/subscriptions";
import { byTurns } from "../support/effort";
import { heldAfter, heldAtCommit, killableApp } from "../support/killable-app";

// The application dies by kill -9 at steps all the way from the payment of a plan to active.
const { control, killInDatabase, killWhileReading } = await killableApp();
const ctx = systemContext("test");
await givenPlan(ctx);

async function upgrade(buyer: Buyer): Promise<void> {
  const { id } = await clickUpgrade({ stripe: control.stripe }, buyer);
  expect(await control.stripe.pay(id)).toMatchObject({ outcome: "paid" });
}

const deliver = () => control.flush({ provider: "stripe", type: "invoice.paid" });
const killAfter = (change: string, table: string) => killInDatabase(deliver, heldAfter(change, table));

const STEPS: readonly (readonly [string, () => Promise<void>])[] = [
  ["while the subscription is read from Stripe", () => killWhileReading(deliver, "subscriptions.retrieve")],
  ["while its invoices are", () => killWhileReading(deliver, "invoices.list")],
  ["when the event is stored", () => killAfter("INSERT", "provider_event")],
  ["when the subscription is claimed", () => killAfter("INSERT", "stripe_subscription")],
  ["when its invoice is kept", () => killAfter("INSERT", "stripe_invoice")],
  ["when the order has moved", () => killAfter("UPDATE", "subscription_order")],
  ["when the state has changed", () => killAfter("UPDATE", "credit_account")],
  ["when the lot is opened", () => killAfter("INSERT", "credit_lot")],
  ["when the entry is posted", () => killAfter("INSERT", "ledger_entry")],
  ["at the commit", () => killInDatabase(deliver, heldAtCommit("INSERT", "stripe_subscription"))],
];

async function expectActiveOnce({ orgId }: Buyer): Promise<void> {
  expect(await accountOf(orgId)).toMatchObject({ state: "active", bays: 4 });
  expect(await allowancesOf(orgId)).toEqual([2_000]);
  expect(await planOrdersOf(orgId)).toEqual(["completed"]);
  expect(await findDrift(orgId)).toEqual([]);
}

test.each(byTurns(0, STEPS))(
  "killed %s, an upgrade is active once by Stripe's next delivery",
  async (_, kill) => {
    const buyer = await givenBuyer(ctx, { state: "trial" });
    await upgrade(buyer);
    await kill();
    for (let times = 0; times < 2; times++) await control.flush({ provider: "stripe", copies: 2 });
    await expectActiveOnce(buyer);
  },
);

test.each(byTurns(1, STEPS))(
  "killed %s, and with every event lost, it is active once by reconciliation",
  async (_, kill) => {
    const buyer = await givenBuyer(ctx, { state: "trial" });
    await upgrade(buyer);
    await kill();
    await control.dropDeliveries();
    for (let times = 0; times < 2; times++) await reconcilePayments(ctx, { hours: 1 });
    await expectActiveOnce(buyer);
  },
);
