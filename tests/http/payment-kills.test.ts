import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { buyPack } from "@/lib/billing/buy-pack";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { findDrift } from "@/lib/credits/store/reconcile";
import { credits } from "@/lib/shared/money";
import { type Buyer, givenBuyer, givenPack } from "../factories/buyer";
import { balanceOf } from "../factories/payments";
import { byTurns } from "../support/effort";
import { heldAfter, heldAtCommit, killableApp } from "../support/killable-app";

// The application dies by kill -9 at steps all the way from payment to grant.
const { control, killInDatabase, killWhileReading } = await killableApp();
const ctx = systemContext("test");
const pack = await givenPack("price_starter");

async function pay(buyer: Buyer): Promise<void> {
  const { url } = await buyPack(buyer.member, buyer.orgId, pack);
  const session = (await control.stripe.list("sessions")).find((one) => one.url === url);
  expect(await control.stripe.pay(session?.id ?? "")).toMatchObject({ outcome: "paid" });
}

const deliver = () => control.flush({ provider: "stripe", type: "payment_intent.succeeded" });
const killAfter = (change: string, table: string) => killInDatabase(deliver, heldAfter(change, table));

const STEPS: readonly (readonly [string, () => Promise<void>])[] = [
  ["while the payment is read from Stripe", () => killWhileReading(deliver, "paymentIntents.retrieve")],
  ["when the payment is claimed", () => killAfter("INSERT", "stripe_payment")],
  ["when the event is stored", () => killAfter("INSERT", "provider_event")],
  ["when the order has moved", () => killAfter("UPDATE", "credit_order")],
  ["when the lot is opened", () => killAfter("INSERT", "credit_lot")],
  ["when the entry is posted", () => killAfter("INSERT", "ledger_entry")],
  ["when the purchase is recorded", () => killAfter("INSERT", "credit_purchase")],
  ["at the commit", () => killInDatabase(deliver, heldAtCommit("INSERT", "credit_purchase"))],
];

test.each(byTurns(0, STEPS))(
  "killed %s, a payment is granted once by Stripe's next delivery",
  async (_, kill) => {
    const buyer = await givenBuyer(ctx);
    await pay(buyer);
    await kill();
    for (let times = 0; times < 2; times++) await control.flush({ provider: "stripe", copies: 2 });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    expect(await findDrift(buyer.orgId)).toEqual([]);
  },
);

test.each(byTurns(1, STEPS))(
  "killed %s, and with every event lost, it is granted once by reconciliation",
  async (_, kill) => {
    const buyer = await givenBuyer(ctx);
    await pay(buyer);
    await kill();
    await control.dropDeliveries();
    for (let times = 0; times < 2; times++) await reconcilePayments(ctx, { hours: 1 });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    expect(await findDrift(buyer.orgId)).toEqual([]);
  },
);
