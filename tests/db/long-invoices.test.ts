import { afterAll, expect, test } from "vitest";
import { applySubscription } from "@/lib/billing/apply-subscription";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { mirrorOf } from "../factories/subscribing";
import { chanceOf, grantsOf, subscriptionWorld } from "../factories/subscription-world";

afterAll(closePool);

const HOUR_MS = 3_600_000;

/** A garage of one bay whose bays rise by one each hour; nobody told us of any of it. */
async function givenRises(rises: number, prorate: "create_prorations" | "always_invoice") {
  const world = await subscriptionWorld(new Date("2027-02-10T09:30:00Z"));
  const garage = await world.join();
  const id = await world.subscribe(garage, { bays: 1, interval: "month" });
  for (let bays = 2; bays <= rises + 1; bays++) {
    await world.travel(new Date(world.ctx.now().getTime() + HOUR_MS));
    await world.stripe.changeSubscription(id, { quantity: bays, prorate });
  }
  await world.collect();
  return { world, garage, id };
}

test("an invoice of more lines than Stripe sends with it is read to its last, and so is the next one", async () => {
  const { world, garage, id } = await givenRises(7, "create_prorations");
  await applySubscription(world.ctx, id);
  expect(await mirrorOf(id)).toMatchObject({ bays: 8, nextInvoiceBays: 8 });
  await world.travel(new Date("2027-03-10T12:00:00Z"));
  const renewal = world.state.invoices.list()[0];
  expect(renewal?.lines.data).toHaveLength(15);
  await world.hear(garage, chanceOf(1));
  const invoiceId = String(renewal?.id);
  expect(await prisma().stripeInvoice.findFirst({ where: { invoiceId } })).toMatchObject({
    status: "paid",
    totalPence: renewal?.total,
    coversFrom: new Date("2027-03-10T09:30:00Z"),
    coversTo: new Date("2027-04-10T09:30:00Z"),
  });
});

test("more changes than the page lists invoices, each billed at once, bring what each is worth", async () => {
  const { world, garage, id } = await givenRises(14, "always_invoice");
  await applySubscription(world.ctx, id);
  const grants = await grantsOf(garage.orgId);
  expect(grants).toHaveLength(15);
  expect(grants).toEqual(world.expected(garage));
});
