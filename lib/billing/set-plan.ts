import { actOnce } from "@/lib/audit/act-once";
import { type Ctx, requireSupport } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { enqueueAll } from "@/lib/queue/enqueue";
import { AppError } from "@/lib/shared/errors";
import { credits } from "@/lib/shared/money";
import { currentPlan, type Plan, savePlan } from "./store/plans";
import { changeableSubscriptions } from "./store/subscriptions";
import { type BayPrice, readBayPrice, readTaxPercent } from "./stripe/read-plan";

export type PlanInput = {
  readonly monthlyPriceId: string;
  readonly yearlyPriceId: string;
  readonly taxRateId: string;
  readonly name: string;
  /** Whole credits a bay and month, at least one. */
  readonly credits: number;
  /** Each key acts once only. */
  readonly key: string;
  readonly reason: string;
};

/** The plan that is sold; undefined until one was set. For support. */
export async function showPlan(ctx: Ctx): Promise<Plan | undefined> {
  requireSupport(ctx.actor);
  return currentPlan();
}

/**
 * Makes this the plan that is sold. Prices and VAT are read from Stripe. Subscribers at earlier prices keep them, as
 * grandfathered, as soon as the queued reading of their subscription is done. Throws not_found for what Stripe does not
 * know, invalid_input for what cannot be a plan's.
 */
export async function setPlan(ctx: Ctx, input: PlanInput): Promise<Plan> {
  requireSupport(ctx.actor);
  const { key, reason, ...wish } = input;
  const [monthly, yearly, taxPercent] = await Promise.all([
    readBayPrice(wish.monthlyPriceId, "month"),
    readBayPrice(wish.yearlyPriceId, "year"),
    readTaxPercent(wish.taxRateId),
  ]);
  const perMonth = usable(monthly, `Stripe knows no price "${wish.monthlyPriceId}".`);
  const perYear = usable(yearly, `Stripe knows no price "${wish.yearlyPriceId}".`);
  const percent = usable(taxPercent, `Stripe knows no tax rate "${wish.taxRateId}".`);
  if (perMonth.productId !== perYear.productId)
    throw new AppError("invalid_input", "The two prices are not of one product at Stripe.");
  const plan = {
    id: ctx.newId(),
    name: wish.name,
    productId: perMonth.productId,
    monthlyPriceId: wish.monthlyPriceId,
    yearlyPriceId: wish.yearlyPriceId,
    taxRateId: wish.taxRateId,
    monthlyPence: perMonth.pence,
    yearlyPence: perYear.pence,
    taxPercent: percent,
    creditsPerBay: credits(wish.credits),
  };
  await inTransaction((tx) =>
    actOnce(ctx, tx, { orgId: null, action: "set-plan", key, reason, input: wish }, async () => {
      const before = await currentPlan(tx);
      await savePlan(tx, plan, ctx.now());
      // What each of them means depends on which plan is sold.
      const subscriptionIds = await changeableSubscriptions(tx);
      await enqueueAll(
        tx,
        "read-subscription",
        subscriptionIds.map((subscriptionId) => ({ subscriptionId })),
      );
      const after = await currentPlan(tx);
      return { before: before ? facts(before) : null, after: after ? facts(after) : null };
    }),
  );
  return { ...plan, current: true };
}

const facts = ({ creditsPerBay, ...plan }: Plan) => ({ ...plan, creditsPerBay: `${creditsPerBay}` });

function usable<Read extends BayPrice | number>(read: Read | string | undefined, unknown: string): Read {
  if (read === undefined) throw new AppError("not_found", unknown);
  if (typeof read === "string") throw new AppError("invalid_input", read);
  return read;
}
