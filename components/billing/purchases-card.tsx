"use client";

import Receipt from "lucide-react/icons/receipt";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormatDay } from "@/components/ui/use-now";
import { type PurchaseDto, purchasesQuery } from "@/lib/billing/client";
import { formatCount, formatNumber, formatPence } from "@/lib/shared/format";
import { Block, BlockSkeleton } from "./block";

const FRAME = { id: "purchases", title: "Purchase History", icon: <Receipt aria-hidden /> };

const SOURCE = { manual: "Manual purchase", auto_top_up: "Auto top-up" } as const;

type Shown = { readonly text: string; readonly tone: "neutral" | "warn" | "bad" };

const STATUS = {
  paid: null,
  partly_refunded: { text: "Partly refunded", tone: "neutral" },
  refunded: { text: "Refunded", tone: "neutral" },
  disputed: { text: "Disputed", tone: "warn" },
  charged_back: { text: "Charged back", tone: "bad" },
} as const satisfies Record<PurchaseDto["status"], Shown | null>;

const CELL = "py-2.5 align-top";

export function PurchasesCard() {
  return (
    <Block
      frame={FRAME}
      query={purchasesQuery()}
      errorTitle="Your purchases could not be loaded"
      skeleton={<Skeleton className="h-24" />}
    >
      {({ purchases }) =>
        purchases.length > 0 ? (
          <PurchaseTable purchases={purchases} />
        ) : (
          <EmptyState title="No purchases yet">Credit packs you buy are listed here.</EmptyState>
        )
      }
    </Block>
  );
}

/** A phone has two columns: date and source stand below the pack's name, the credits below their cost. */
function PurchaseTable({ purchases }: { purchases: readonly PurchaseDto[] }) {
  return (
    <table className="w-full">
      <caption className="sr-only">Past credit pack purchases, latest first</caption>
      <thead className="border-b text-left text-muted text-sm">
        <tr className="[&>th]:pb-2 [&>th]:font-normal">
          <th scope="col" className="hidden sm:table-cell">
            Date
          </th>
          <th scope="col">Pack</th>
          <th scope="col" className="hidden sm:table-cell">
            Source
          </th>
          <th scope="col" className="hidden pl-4 text-right sm:table-cell">
            Credits
          </th>
          <th scope="col" className="pl-4 text-right">
            Cost
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {purchases.map((purchase) => (
          <Purchase key={purchase.id} {...purchase} />
        ))}
      </tbody>
    </table>
  );
}

function Purchase({
  purchasedAt,
  packName,
  credits,
  settledShortfall,
  pricePence,
  returnedPence,
  source,
  status,
}: PurchaseDto) {
  const day = useFormatDay();
  const date = <time dateTime={purchasedAt}>{day(purchasedAt)}</time>;
  const shown = STATUS[status];
  return (
    <tr className="last:[&>td]:pb-0">
      <td className={`${CELL} hidden whitespace-nowrap pr-4 text-muted sm:table-cell`}>{date}</td>
      <td className={CELL}>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="font-medium">{packName}</span>
          {shown && <Badge tone={shown.tone}>{shown.text}</Badge>}
        </span>
        <span className="mt-0.5 block text-muted text-sm sm:hidden">{date}</span>
        <span className="block text-muted text-sm sm:hidden">{SOURCE[source]}</span>
        {settledShortfall > 0 && (
          <span className="mt-0.5 block text-muted text-sm">
            {`${formatCount(settledShortfall, "credit", "credits")} settled a shortfall`}
          </span>
        )}
      </td>
      <td className={`${CELL} hidden text-muted sm:table-cell`}>{SOURCE[source]}</td>
      <td className={`${CELL} hidden pl-4 text-right tabular-nums sm:table-cell`}>{formatNumber(credits)}</td>
      <td className={`${CELL} whitespace-nowrap pl-4 text-right tabular-nums`}>
        <span className="block">{formatPence(pricePence)}</span>
        <span className="mt-0.5 block text-muted text-sm sm:hidden">
          {formatCount(credits, "credit", "credits")}
        </span>
        {returnedPence > 0 && (
          <span className="block text-muted text-sm">{`${formatPence(returnedPence)} returned`}</span>
        )}
      </td>
    </tr>
  );
}

export function PurchasesSkeleton() {
  return (
    <BlockSkeleton frame={FRAME}>
      <Skeleton className="h-24" />
    </BlockSkeleton>
  );
}
