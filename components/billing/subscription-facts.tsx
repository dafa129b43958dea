import type { ReactNode } from "react";
import { useFormatDay } from "@/components/ui/use-now";
import type { SubscriptionDto } from "@/lib/billing/client";
import { formatNumber, formatPence } from "@/lib/shared/format";
import { brandName } from "./card-brand";

/** What Stripe says of the subscription: bays, price, the next invoice and the card. Nothing where it knows none. */
export function SubscriptionFacts(subscription: SubscriptionDto) {
  const { bays, interval, pricePence, vatPence, nextInvoice, card, state } = subscription;
  const day = useFormatDay();
  if (state === "canceled" || (bays === null && card === null)) return null;
  return (
    <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3.5 border-t pt-4 sm:grid-cols-4">
      {bays !== null && (
        <Fact name="Bays" value={formatNumber(bays)}>
          {interval === "year" ? "billed yearly" : "billed monthly"}
        </Fact>
      )}
      {pricePence !== null && vatPence !== null && (
        <Fact
          name={interval === "year" ? "Price a year" : "Price a month"}
          value={formatPence(pricePence + vatPence)}
        >
          {`${formatPence(pricePence)} + ${formatPence(vatPence)} VAT`}
        </Fact>
      )}
      {nextInvoice && (
        <Fact name="Next invoice" value={day(nextInvoice.date)}>
          {formatPence(nextInvoice.amountPence)}
        </Fact>
      )}
      {card && (
        <Fact name="Card" value={brandName(card.brand)}>
          <span aria-hidden>{`•••• ${card.last4}`}</span>
          <span className="sr-only">{`ending in ${card.last4}`}</span>
        </Fact>
      )}
    </dl>
  );
}

type FactProps = { readonly name: string; readonly value: string; readonly children: ReactNode };

function Fact({ name, value, children }: FactProps) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="mt-0.5 tabular-nums">
        <span className="block font-medium">{value}</span>
        <span className="block text-muted text-sm">{children}</span>
      </dd>
    </div>
  );
}
