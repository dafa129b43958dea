import { type BillingInterval, type PlanDto, planPrice } from "@/lib/billing/client";
import { formatCount, formatPence } from "@/lib/shared/format";

type SumProps = {
  readonly plan: Pick<PlanDto, "monthlyPence" | "yearlyPence" | "taxPercent" | "creditsPerBay">;
  /** Undefined: what was typed is no number of bays. */
  readonly bays: number | undefined;
  readonly interval: BillingInterval;
};

/** What a choice comes to; dashes while there are no bays. */
export function Sum({ plan, bays, interval }: SumProps) {
  const price = bays === undefined ? undefined : planPrice(plan, { bays, interval });
  const each = interval === "year" ? "a year" : "a month";
  const what = bays === undefined ? "Bays" : formatCount(bays, "bay", "bays");
  return (
    <dl className="grid content-start gap-1.5 tabular-nums">
      <Line name={`${what}, ${each}`} amount={price?.netPence} />
      <Line name={`VAT (${plan.taxPercent}%)`} amount={price?.vatPence} />
      <div className="flex items-baseline justify-between gap-4 border-t pt-1.5 font-semibold text-lg">
        <dt>{`Total ${each}`}</dt>
        <dd>
          <output htmlFor="bays" data-testid="plan-total">
            {price ? formatPence(price.totalPence) : "–"}
          </output>
        </dd>
      </div>
      <div className="flex items-baseline justify-between gap-4 text-muted">
        <dt>Comes with</dt>
        <dd>{price ? `${formatCount(price.creditsPerMonth, "credit", "credits")} a month` : "–"}</dd>
      </div>
    </dl>
  );
}

function Line({ name, amount }: { readonly name: string; readonly amount: number | undefined }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{name}</dt>
      <dd>{amount === undefined ? "–" : formatPence(amount)}</dd>
    </div>
  );
}
