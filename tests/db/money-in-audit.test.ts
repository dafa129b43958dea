import { afterAll, expect, it } from "vitest";
import { listActs } from "@/lib/audit/list-acts";
import { confirmCheckout } from "@/lib/billing/confirm-checkout";
import { confirmSubscription } from "@/lib/billing/confirm-subscription";
import { openPortal } from "@/lib/billing/open-portal";
import { prisma } from "@/lib/db/prisma";
import { givenBuyer, givenMember, givenPack } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { buyAndPay, clickBuy, startPayments } from "../factories/payments";
import { clickUpgrade, upgradeAndPay } from "../factories/subscribing";
import { givenPlan } from "../factories/subscriptions";

const payments = await startPayments();
const { control, stripe } = payments;
const ctx = testContext(new Date());
await givenPlan(ctx);
const pack = await givenPack("price_starter");
await payments.reset();
afterAll(payments.stop);

const flush = () => control.flush({ provider: "stripe", copies: 2 });

it("who subscribed and who bought stands in the audit once it is paid, and what was changed at Stripe behind who went there", async () => {
  const owner = await givenBuyer(ctx, { state: "trial" });
  const { orgId } = owner;
  const manager = { orgId, ...(await givenMember(ctx, orgId, "manager")) };
  for (const [{ member }, name] of [
    [owner, "Robin Ash"],
    [manager, "Sam Ortiz"],
  ] as const)
    await prisma().user.update({ where: { id: member.actor.userId }, data: { name } });
  const acts = async () =>
    (await listActs(owner.member, orgId)).acts.map(({ by, text, changes }) => [
      by,
      text.replace(/\d+ \w+ 20\d\d$/, "a day"),
      ...changes,
    ]);

  await clickUpgrade(payments, manager, { bays: 2, interval: "year" });
  expect(await acts()).toEqual([]);
  const { sessionId, subscriptionId } = await upgradeAndPay(payments, manager);
  await confirmSubscription(owner.member, orgId, sessionId);
  await flush();
  const subscribed = ["Sam Ortiz", "subscribed for 4 bays, billed monthly, and paid at Stripe"];
  expect(await acts()).toEqual([subscribed]);

  await openPortal(owner.member, orgId);
  for (const change of [{ quantity: 5 }, { cancelAtPeriodEnd: true }, { cancelAtPeriodEnd: false }]) {
    await stripe.changeSubscription(subscriptionId, change);
    await flush();
  }
  await clickBuy(payments, owner, pack);
  const bought = await buyAndPay(payments, owner, pack);
  await confirmCheckout(owner.member, orgId, bought.sessionId);
  await flush();
  const changed = { what: "number of bays", from: "4", to: "5" };
  expect((await acts()).sort()).toEqual(
    [
      subscribed,
      ["Robin Ash", "opened Stripe’s billing portal"],
      ["Stripe", "reports that the subscription was changed", changed],
      ["Stripe", "reports that the subscription was cancelled, as of a day"],
      ["Stripe", "reports that the subscription was resumed: it goes on"],
      ["Robin Ash", "bought price_starter: 1,000 credits for £10.00"],
    ].sort(),
  );
});
