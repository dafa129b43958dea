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
          <bdi className="font-medium">{by}</bdi> <bdi>{text}</bdi>
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
              <FromTo from={from} to={to} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function FromTo({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  const was = from !== null && <bdi>{`“${from}”`}</bdi>;
  const is = to !== null && <bdi>{`“${to}”`}</bdi>;
  if (!was) return [": ", is];
  return is ? [": from ", was, " to ", is] : [": ", was, " was removed"];
}
