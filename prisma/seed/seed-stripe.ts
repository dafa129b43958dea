import { z } from "zod";
import { asSystem, type Ctx } from "@/lib/auth/context";
import { applySubscription } from "@/lib/billing/apply-subscription";
import { setPlan } from "@/lib/billing/set-plan";
import { syncCustomer } from "@/lib/billing/sync-customer";
import { prisma } from "@/lib/db/prisma";
import { env } from "@/lib/shared/env";
import { londonMoment } from "@/lib/shared/london-time";
import { tellProvider } from "./control";
import { readMarks } from "./marks";
import { DEMO_ORGANISATIONS, type DemoOrganisation } from "./organisations";
import { subscribedAt } from "./subscribed-at";

/** As the command line would set it, from what the local Stripe sells. */
const PLAN = {
  name: "Torqueflow",
  monthlyPriceId: "price_bay_monthly",
  yearlyPriceId: "price_bay_yearly",
  taxRateId: "txr_vat_20",
  credits: 500,
  key: "seed:plan",
  reason: "The demo's plan",
};

const laid = z.object({ customer: z.string(), subscription: z.string() });
const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

/**
 * Gives the demo's garages their customers, cards, subscriptions and invoices at the local Stripe, and takes over what that
 * says. `support` is who sets the plan. Safe to run again: the same comes out, and nothing is granted by it.
 */
export async function seedStripe(support: Ctx): Promise<void> {
  await setPlan(support, PLAN);
  const ctx = asSystem(support, "seed");
  const marks = await readMarks();
  for (const org of DEMO_ORGANISATIONS) {
    const demoDay = marks.get(org.id)?.demoDay;
    if (!org.subscribed || !demoDay) continue;
    const { customer, subscription } = await lay(pastOf(org, org.subscribed, demoDay));
    const createdAt = subscribedAt(org, demoDay);
    await prisma().stripeCustomer.createMany({
      data: [{ orgId: org.id, customerId: customer, createdAt }],
      skipDuplicates: true,
    });
    await applySubscription(ctx, subscription);
    await syncCustomer(ctx, customer);
  }
}

/** How the local Stripe is told of a subscriber's past. */
function pastOf(
  org: DemoOrganisation,
  { bays, priceId, card }: NonNullable<DemoOrganisation["subscribed"]>,
  demoDay: string,
) {
  const { slug, name, state, lapsed } = org;
  const lapsedAt = lapsed ? seconds(londonMoment(demoDay, -lapsed.daysAgo, 1)) : null;
  return {
    name: slug,
    customer: { name, email: `owner@${slug}.test`, metadata: { org_id: org.id } },
    card,
    price: priceId,
    bays,
    startedAt: seconds(subscribedAt(org, demoDay)),
    refusedFrom: state === "past_due" ? lapsedAt : null,
    canceledAt: state === "canceled" ? lapsedAt : null,
  };
}

const lay = async (past: object): Promise<z.output<typeof laid>> =>
  laid.parse(await tellProvider(env().STRIPE_API_BASE, "/stripe/past", past));
