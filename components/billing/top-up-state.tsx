"use client";

import { clsx } from "clsx";
import { buttonStyle } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { ago } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import type { TopUpDto } from "@/lib/billing/client";
import { formatCount, formatPence } from "@/lib/shared/format";

const DOT = {
  off: "bg-control",
  on: "bg-good",
  charging: "bg-accent animate-breathe",
  resting: "bg-warn",
  paused: "bg-bad",
  limit_reached: "bg-warn",
  needs_authentication: "bg-warn",
  pack_unavailable: "bg-bad",
  suspended: "bg-control",
} as const satisfies Record<TopUpDto["state"], string>;

/** What auto top-up is doing, in one line, and the button that helps where one does. */
export function TopUpStateLine({ state, stateText, authenticationUrl, canManage }: TopUpDto) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p role="status" className="flex min-w-0 items-baseline gap-2">
        <span aria-hidden className={clsx("size-2 shrink-0 rounded-full", DOT[state])} />
        <span>{stateText}</span>
      </p>
      {authenticationUrl && canManage && (
        <a href={authenticationUrl} className={buttonStyle({ variant: "primary", size: "sm" })}>
          Confirm the payment
        </a>
      )}
    </div>
  );
}

/** What is configured, for those who cannot change it just now. */
export function TopUpTerms({ threshold, packId, packs, monthlyLimitPence }: TopUpDto) {
  const pack = packs.find(({ id }) => id === packId);
  return (
    <dl className="grid gap-x-6 gap-y-3.5 sm:grid-cols-3">
      {threshold !== null && (
        <Term name="Balance threshold" value={formatCount(threshold, "credit", "credits")} />
      )}
      {pack && <Term name="Credit pack" value={pack.label} />}
      <Term
        name="Monthly limit"
        value={monthlyLimitPence === null ? "No limit" : formatPence(monthlyLimitPence)}
      />
    </dl>
  );
}

function Term({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="mt-0.5 font-medium tabular-nums">{value}</dd>
    </div>
  );
}

/** Below the card: when it last bought a pack, and how often it did this calendar month. */
export function TopUpStatistics({ lastAt, monthCount, monthPence }: TopUpDto) {
  const now = useNow();
  if (lastAt === null) return null;
  return (
    <p className="flex flex-wrap gap-x-5 gap-y-0.5 px-5 text-muted text-sm tabular-nums">
      <Moment at={lastAt}>{`Last auto top-up: ${ago(new Date(lastAt), now)}`}</Moment>
      <span>{`This month: ${formatCount(monthCount, "auto top-up", "auto top-ups")} (${formatPence(monthPence)})`}</span>
    </p>
  );
}
