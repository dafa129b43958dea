"use client";

import Receipt from "lucide-react/icons/receipt";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDate, formatNumber, formatPence } from "@/components/ui/format";
import { Skeleton } from "@/components/ui/skeleton";
import { type PurchaseDto, purchasesQuery } from "@/lib/credits/client";
import { Block, BlockSkeleton } from "./block";

const FRAME = { id: "purchases", title: "Purchase History", icon: <Receipt aria-hidden /> };

const SOURCE = { manual: "Manual purchase", auto_top_up: "Auto top-up" } as const;

const STATUS = {
  paid: null,
  partly_refunded: "Partly refunded",
  refunded: "Refunded",
  disputed: "Disputed",
  charged_back: "Charged back",
} as const satisfies Record<PurchaseDto["status"], string | null>;

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

/** On phones the date and the source stand below the pack's name. */
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
          <th scope="col" className="pl-4 text-right">
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
  pricePence,
  returnedPence,
  source,
  status,
}: PurchaseDto) {
  const date = formatDate(purchasedAt);
  return (
    <tr className="last:[&>td]:pb-0">
      <td className={`${CELL} hidden whitespace-nowrap text-muted sm:table-cell`}>
        <time dateTime={purchasedAt}>{date}</time>
      </td>
      <td className={`${CELL} font-medium`}>
        {packName} {STATUS[status] && <Badge className="ml-1">{STATUS[status]}</Badge>}
        <span className="block font-normal text-muted text-sm sm:hidden">
          {date} · {SOURCE[source]}
        </span>
      </td>
      <td className={`${CELL} hidden text-muted sm:table-cell`}>{SOURCE[source]}</td>
      <td className={`${CELL} pl-4 text-right tabular-nums`}>{formatNumber(credits)}</td>
      <td className={`${CELL} pl-4 text-right tabular-nums`}>
        {formatPence(pricePence)}
        {returnedPence > 0 && (
          <span className="block text-muted text-sm">{formatPence(returnedPence)} returned</span>
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
