"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { buttonStyle } from "@/components/ui/button";
import {
  type BillingInterval,
  type PlanChoice,
  type PlanDto,
  planPrice,
  planQuery,
} from "@/lib/billing/client";
import { formatPence } from "@/lib/shared/format";
import { readBays } from "./bays";
import { BaysField } from "./bays-field";
import { Block } from "./block";
import { CHOOSER_FRAME, ChooserPlaceholder } from "./chooser-frame";
import { Sum } from "./plan-sum";
import { RedirectButton } from "./redirect-button";
import { SupportLink } from "./support-link";
import { type Redirect, useRedirect } from "./use-redirect";
import { useSubscription } from "./use-subscription";

type PlanChooserProps = { readonly choose: (choice: PlanChoice) => Promise<Redirect> };

/** Trial and cancelled: how many bays, billed how, and what that costs. */
export default function PlanChooser({ choose }: PlanChooserProps) {
  const subscription = useSubscription();
  if (!subscription) return null;
  const { manage, supportUrl, buysThroughSupport } = subscription;
  // Stripe has a subscription that is not over: it is changed there.
  if (manage === "portal" || manage === "support") return null;
  return (
    <Block
      frame={CHOOSER_FRAME}
      query={planQuery()}
      errorTitle="The plan could not be loaded"
      skeleton={<ChooserPlaceholder />}
      description={({ plan }) => plan && "Priced by your workshop’s bays. Prices without VAT."}
    >
      {({ plan }) => {
        if (!plan) return <NotConfigured supportUrl={supportUrl} />;
        if (manage === null) return <PricesOnly plan={plan} />;
        return <Chooser plan={plan} choose={buysThroughSupport ? null : choose} supportUrl={supportUrl} />;
      }}
    </Block>
  );
}

function NotConfigured({ supportUrl }: { readonly supportUrl: string }) {
  return (
    <div className="text-muted">
      <p>Plans are being configured. Check back soon.</p>
      <p className="mt-2">
        <SupportLink href={supportUrl}>Contact Torqueflow support</SupportLink>
      </p>
    </div>
  );
}

function PricesOnly({ plan }: { readonly plan: PlanDto }) {
  return (
    <>
      <Intervals plan={plan} chosen={null} />
      <p className="mt-4 text-muted">Only the account owner or a manager can choose a plan.</p>
    </>
  );
}

type ChooserProps = {
  readonly plan: PlanDto;
  /** Null: support alone can help just now. */
  readonly choose: PlanChooserProps["choose"] | null;
  readonly supportUrl: string;
};

function Chooser({ plan, choose, supportUrl }: ChooserProps) {
  const [interval, chooseInterval] = useState<BillingInterval>(plan.interval);
  const [text, setText] = useState(String(plan.bays));
  const { leave, leaving } = useRedirect();
  const bays = readBays(text, plan);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (bays === undefined) document.getElementById("bays")?.focus();
        else if (choose) void leave("plan", () => choose({ bays, interval }));
      }}
    >
      <Intervals plan={plan} chosen={interval} onChoose={chooseInterval} />
      <div className="mt-5 grid gap-x-10 gap-y-5 sm:grid-cols-[auto_minmax(0,1fr)]">
        <div>
          <BaysField text={text} onChange={setText} minBays={plan.minBays} maxBays={plan.maxBays} />
          <p className="mt-1.5 text-muted text-sm">
            <span>{`More than ${plan.maxBays}?`}</span>{" "}
            <SupportLink href={supportUrl}>Contact Torqueflow support</SupportLink>
          </p>
        </div>
        <Sum plan={plan} bays={bays} interval={interval} />
      </div>
      <div className="mt-5 flex justify-end border-t pt-4">
        {choose ? (
          <RedirectButton
            type="submit"
            variant="primary"
            size="lg"
            leaving={leaving !== null}
            className="max-sm:w-full"
          >
            Upgrade Now
          </RedirectButton>
        ) : (
          <a href={supportUrl} className={buttonStyle({ size: "lg", className: "max-sm:w-full" })}>
            Contact Torqueflow support
          </a>
        )}
      </div>
    </form>
  );
}

const INTERVALS = [
  { interval: "month", name: "Monthly" },
  { interval: "year", name: "Annual" },
] as const;

type IntervalsProps = {
  readonly plan: PlanDto;
  /** Null: nothing can be chosen. */
  readonly chosen: BillingInterval | null;
  readonly onChoose?: (interval: BillingInterval) => void;
};

const OPTION = "flex items-start gap-3 rounded-md border p-4";

/** The plan twice: billed by the month, and by the year. */
function Intervals({ plan, chosen, onChoose }: IntervalsProps) {
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="sr-only">How it is billed</legend>
      {INTERVALS.map(({ interval, name }) =>
        chosen === null ? (
          <div key={interval} className={OPTION}>
            <Price plan={plan} interval={interval} name={name} />
          </div>
        ) : (
          <label
            key={interval}
            htmlFor={`interval-${interval}`}
            className={`${OPTION} cursor-pointer transition-colors duration-150 has-checked:border-accent has-checked:bg-accent-soft has-checked:ring-1 has-checked:ring-accent`}
          >
            <input
              id={`interval-${interval}`}
              type="radio"
              name="interval"
              value={interval}
              checked={chosen === interval}
              onChange={() => onChoose?.(interval)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <Price plan={plan} interval={interval} name={name} />
          </label>
        ),
      )}
    </fieldset>
  );
}

type PriceProps = {
  readonly plan: PlanDto;
  readonly interval: BillingInterval;
  readonly name: string;
};

function Price({ plan, interval, name }: PriceProps) {
  const { perBayPence, savePercent } = planPrice(plan, { bays: 1, interval });
  const yearly = interval === "year";
  return (
    <span className="min-w-0 grow">
      <span className="flex min-h-5 flex-wrap items-center justify-between gap-2">
        <span className="font-medium">{name}</span>
        {yearly && savePercent > 0 && <Badge tone="good">{`Save ${savePercent}%`}</Badge>}
      </span>
      <span className="mt-1.5 block font-semibold text-xl tabular-nums tracking-tight">
        {formatPence(perBayPence)}
      </span>
      <span className="block text-muted text-sm">
        {yearly
          ? `per bay and month, billed yearly at ${formatPence(plan.yearlyPence)}`
          : "per bay and month, billed monthly"}
      </span>
    </span>
  );
}
