"use client";

import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { shortTimeAndClock } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import { type ActDto, KIND_NAMES } from "@/lib/audit/client";

/** Who did what; below it each thing that changed, from what to what. */
export function ActRow({ act: { at, by, text, changes, kind } }: { readonly act: ActDto }) {
  const now = useNow();
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="wrap-anywhere min-w-0 flex-[1_1_16rem]">
          <bdi className="font-medium">{by}</bdi> <span>{text}</span>
        </p>
        <span className="flex items-baseline gap-2">
          {kind !== null && <Badge>{KIND_NAMES[kind]}</Badge>}
          <Moment at={at} className="text-faint text-sm">
            {shortTimeAndClock(new Date(at), now)}
          </Moment>
        </span>
      </div>
      {changes.length > 0 && (
        <ul className="mt-1.5 grid gap-1 text-muted text-sm">
          {changes.map(({ what, from, to }) => (
            <li key={what} className="wrap-anywhere">
              <span className="font-medium first-letter:uppercase">{what}</span>
              <span>{fromTo(from, to)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

const fromTo = (from: string | null, to: string | null): string =>
  from === null ? `: “${to}”` : to === null ? `: “${from}” was removed` : `: from “${from}” to “${to}”`;
