"use client";

import FileText from "lucide-react/icons/file-text";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormatDay } from "@/components/ui/use-now";
import { type InvoiceDto, invoicesQuery } from "@/lib/billing/client";
import { formatPence } from "@/lib/shared/format";
import { Block, BlockSkeleton } from "./block";

const FRAME = { id: "invoices", title: "Invoices", icon: <FileText aria-hidden /> };

const TONE = {
  draft: "neutral",
  open: "warn",
  paid: "good",
  void: "neutral",
  uncollectible: "bad",
} as const satisfies Record<InvoiceDto["status"], string>;

const LINK = "rounded-sm font-medium text-accent underline-offset-4 hover:underline max-sm:py-1";

const CELL = "py-2.5 align-baseline";

/** The last twelve invoices of the subscription, with Stripe's own page and PDF. */
export function InvoicesCard() {
  return (
    <Block
      frame={FRAME}
      query={invoicesQuery()}
      errorTitle="Your invoices could not be loaded"
      skeleton={<Skeleton className="h-24" />}
    >
      {({ invoices }) =>
        invoices.length > 0 ? (
          <InvoiceTable invoices={invoices} />
        ) : (
          <EmptyState title="No invoices yet">
            Invoices of your subscription are listed here, with VAT.
          </EmptyState>
        )
      }
    </Block>
  );
}

/** A phone has two columns: number and links stand below the date, the state below the amount. */
function InvoiceTable({ invoices }: { readonly invoices: readonly InvoiceDto[] }) {
  return (
    <table className="w-full">
      <caption className="sr-only">Invoices of the subscription, latest first</caption>
      <thead className="border-b text-left text-muted text-sm">
        <tr className="[&>th]:pb-2 [&>th]:font-normal">
          <th scope="col">Date</th>
          <th scope="col" className="hidden sm:table-cell">
            Invoice
          </th>
          <th scope="col" className="hidden sm:table-cell">
            Status
          </th>
          <th scope="col" className="pl-4 text-right">
            Amount
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {invoices.map((invoice) => (
          <Invoice key={invoice.id} invoice={invoice} />
        ))}
      </tbody>
    </table>
  );
}

function Invoice({ invoice }: { readonly invoice: InvoiceDto }) {
  const { date, number, amountPence, status, statusText } = invoice;
  const day = useFormatDay();
  const state = <Badge tone={TONE[status]}>{statusText}</Badge>;
  return (
    <tr className="last:[&>td]:pb-0">
      <td className={`${CELL} pr-4`}>
        <time dateTime={date} className="whitespace-nowrap">
          {day(date)}
        </time>
        <span className="mt-0.5 block sm:hidden">
          <InvoiceLinks invoice={invoice} />
        </span>
      </td>
      <td className={`${CELL} hidden pr-4 sm:table-cell`}>
        <span className="flex flex-wrap items-baseline gap-x-3">
          {number && <span className="text-muted tabular-nums">{number}</span>}
          <InvoiceLinks invoice={invoice} />
        </span>
      </td>
      <td className={`${CELL} hidden pr-4 sm:table-cell`}>{state}</td>
      <td className={`${CELL} whitespace-nowrap pl-4 text-right tabular-nums`}>
        <span className="block">{formatPence(amountPence)}</span>
        <span className="mt-1 block sm:hidden">{state}</span>
      </td>
    </tr>
  );
}

/** Stripe's own page and file; a draft has neither. */
function InvoiceLinks({ invoice: { pageUrl, pdfUrl, date } }: { readonly invoice: InvoiceDto }) {
  const day = useFormatDay();
  const of = `of ${day(date)}`;
  return (
    <span className="inline-flex gap-3 text-sm">
      {pageUrl && (
        <a href={pageUrl} target="_blank" rel="noreferrer" className={LINK}>
          View
          <span className="sr-only">{` the invoice ${of} (opens in a new tab)`}</span>
        </a>
      )}
      {pdfUrl && (
        <a href={pdfUrl} className={LINK}>
          PDF
          <span className="sr-only">{` ${of}`}</span>
        </a>
      )}
    </span>
  );
}

export function InvoicesSkeleton() {
  return (
    <BlockSkeleton frame={FRAME}>
      <Skeleton className="h-24" />
    </BlockSkeleton>
  );
}
