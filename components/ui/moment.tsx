"use client";

import { formatMoment } from "@/lib/shared/format";
import { useClock } from "./use-now";

type MomentProps = { readonly at: string; readonly children: string; readonly className?: string };

/** A time as people read it, with the full one behind it. Server and browser may be a minute apart. */
export function Moment({ at, children, className }: MomentProps) {
  const now = useClock();
  return (
    <time dateTime={at} title={formatMoment(at, now())} className={className} suppressHydrationWarning>
      {children}
    </time>
  );
}
