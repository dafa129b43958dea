import type { Ctx } from "@/lib/auth/context";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";

/** The plan at the prices that the local Stripe has after each reset. */
const PLAN = {
  name: "Torqueflow",
  productId: "prod_torqueflow",
  monthlyPriceId: "price_bay_monthly",
  yearlyPriceId: "price_bay_yearly",
  taxRateId: "txr_vat_20",
  monthlyPence: 10_000,
  yearlyPence: 90_000,
  taxPercent: 20,
  creditsPerBay: credits(500),
} as const;

/** The plan as it is sold, once in a database. */
export async function givenPlan(ctx: Ctx): Promise<void> {
  await prisma().subscriptionPlan.createMany({
    data: { ...PLAN, id: newId(), current: true, setAt: ctx.now() },
    skipDuplicates: true,
  });
}

/** What Stripe last said of a subscription of four bays by the month. */
export async function givenMirror(
  ctx: Ctx,
  orgId: string,
  given: {
    readonly status?: string;
    readonly outcome?: string;
    readonly endsAt?: Date;
    readonly endedAt?: Date;
  } = {},
): Promise<string> {
  const { subscriptionId } = await prisma().stripeSubscription.create({
    data: {
      orgId,
      subscriptionId: `sub_${newId().replaceAll("-", "")}`,
      customerId: "cus_given",
      version: 1,
      status: "active",
      outcome: "active",
      hasCounted: true,
      priceId: PLAN.monthlyPriceId,
      productId: PLAN.productId,
      interval: "month",
      bays: 4,
      unitPence: PLAN.monthlyPence,
      taxPercent: PLAN.taxPercent,
      currency: "gbp",
      beganAt: new Date("2026-11-08T15:00:00Z"),
      nextInvoiceAt: new Date("2026-12-08T15:00:00Z"),
      nextInvoicePence: 48_000,
      readAt: ctx.now(),
      ...given,
    },
  });
  return subscriptionId;
}

/** What Stripe last said of an invoice of four bays, open unless said otherwise; its id. */
export async function givenInvoice(
  ctx: Ctx,
  orgId: string,
  given: {
    readonly subscriptionId: string;
    readonly status?: string;
    readonly totalPence?: number;
    readonly remainingPence?: number;
    readonly createdAt?: Date;
    readonly nextAttemptAt?: Date;
  },
): Promise<string> {
  const { invoiceId } = await prisma().stripeInvoice.create({
    data: {
      orgId,
      invoiceId: `in_${newId().replaceAll("-", "")}`,
      status: "open",
      currency: "gbp",
      totalPence: 48_000,
      taxPence: 8_000,
      remainingPence: 48_000,
      hasPage: true,
      hasPdf: true,
      createdAt: ctx.now(),
      readAt: ctx.now(),
      ...given,
    },
  });
  return invoiceId;
}
