import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button";
import { useFormatDay } from "@/components/ui/use-now";
import type { SubscriptionDto } from "@/lib/billing/client";
import { formatPence } from "@/lib/shared/format";
import { brandName } from "./card-brand";
import { Step } from "./step";

type Due = NonNullable<SubscriptionDto["due"]>;

type AmountDueProps = {
  readonly due: Due;
  readonly card: SubscriptionDto["card"];
  /** What becomes of the credits. */
  readonly credits: string;
  /** How the card is changed. */
  readonly children: ReactNode;
};

/** What an unpaid subscription owes, where it is paid, and what happens by itself. */
export function AmountDue({ due, card, credits, children }: AmountDueProps) {
  const { totalPence, invoices, nextAttempt } = due;
  const day = useFormatDay();
  const only = invoices.length === 1 ? invoices[0] : undefined;
  return (
    <>
      <Step
        title={`${formatPence(totalPence)} is due now`}
        text={`${attemptText(due, nextAttempt && day(nextAttempt), card)} ${credits}`}
      >
        <span className="flex flex-wrap gap-2">
          {only?.pageUrl && (
            <a
              href={only.pageUrl}
              target="_blank"
              rel="noreferrer"
              className={buttonStyle({ size: "sm", variant: "primary" })}
            >
              <span>{`Pay ${formatPence(only.amountPence)} now`}</span>
              <span className="sr-only"> (opens in a new tab)</span>
            </a>
          )}
          {children}
        </span>
      </Step>
      {!only && (
        <ul className="mt-3 divide-y divide-line border-t tabular-nums" aria-label="Invoices to pay">
          {invoices.map((invoice) => (
            <OpenInvoice key={invoice.id} {...invoice} />
          ))}
        </ul>
      )}
    </>
  );
}

function attemptText({ invoices }: Due, day: string | null, card: AmountDueProps["card"]): string {
  const pay = invoices.length > 1 ? "pay each invoice" : "pay it";
  if (!day) return `No card is tried again by itself: please ${pay} now.`;
  return card
    ? `We’ll try your ${brandName(card.brand)} card ending in ${card.last4} again on ${day}, or you can ${pay} now.`
    : `There is no card to try on ${day}: add one, or ${pay} now.`;
}

function OpenInvoice({ date, amountPence, pageUrl }: Due["invoices"][number]) {
  const amount = formatPence(amountPence);
  const day = useFormatDay();
  return (
    <li className="flex items-baseline justify-between gap-4 py-2 last:pb-0">
      <span>{`Invoice of ${day(date)}`}</span>
      {pageUrl ? (
        <a
          href={pageUrl}
          target="_blank"
          rel="noreferrer"
          className="rounded-sm font-medium text-accent underline-offset-4 hover:underline max-sm:py-1"
        >
          <span>{`Pay ${amount} now`}</span>
          <span className="sr-only"> (opens in a new tab)</span>
        </a>
      ) : (
        <span className="max-sm:py-1">{amount}</span>
      )}
    </li>
  );
}
