import { useFormatDay } from "@/components/ui/use-now";
import type { LotDto } from "@/lib/credits/client";
import { dayKey, formatNumber } from "@/lib/shared/format";

type Row = { readonly key: string; readonly name: string; readonly term: string; readonly credits: number };

const NAMES = {
  monthly: "Subscription credits",
  purchased: "Purchased credits",
  gifted: "Gifted credits",
} as const satisfies Record<LotDto["kind"], string>;

type DayOf = ReturnType<typeof useFormatDay>;

function termOf({ kind, expiresAt, refreshesAt }: LotDto, day: DayOf): string {
  if (refreshesAt) return `refreshes ${day(refreshesAt)}`;
  if (kind === "purchased") return "(no expiry)";
  if (expiresAt) return `expires ${day(expiresAt)}`;
  return kind === "monthly" ? "" : "(no expiry)";
}

/** One line for each kind and day of expiry, in the order in which they are used. */
function rowsOf(lots: readonly LotDto[], renewsAt: string | null, day: DayOf): Row[] {
  const rows = new Map<string, Row>();
  if (renewsAt && !lots.some(({ kind }) => kind === "monthly")) {
    const term = `refreshes ${day(renewsAt)}`;
    rows.set("none", { key: "none", name: NAMES.monthly, term, credits: 0 });
  }
  for (const lot of lots) {
    const term = termOf(lot, day);
    const key = `${lot.kind} ${lot.expiresAt === null ? "" : dayKey(lot.expiresAt)}`;
    const credits = (rows.get(key)?.credits ?? 0) + lot.credits;
    rows.set(key, { key, name: NAMES[lot.kind], term, credits });
  }
  return [...rows.values()];
}

type LotListProps = { readonly lots: readonly LotDto[]; readonly renewsAt: string | null };

/** The credit type breakdown. */
export function LotList({ lots, renewsAt }: LotListProps) {
  const rows = rowsOf(lots, renewsAt, useFormatDay());
  if (rows.length === 0) return null;
  return (
    <dl className="divide-y divide-line border-t">
      {rows.map(({ key, name, term, credits }) => (
        <div key={key} className="flex items-baseline justify-between gap-4 py-2.5 last:pb-0">
          <dt className="flex flex-wrap gap-x-2">
            {name} <span className="text-muted">{term}</span>
          </dt>
          <dd className="font-medium tabular-nums">{formatNumber(credits)}</dd>
        </div>
      ))}
    </dl>
  );
}
