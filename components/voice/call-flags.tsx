import { Badge } from "@/components/ui/badge";
import type { CallDto } from "@/lib/calls/client";
import { levelName } from "./words";

/** How a call was answered, and why not by the full AI. */
export function CallFlags({ call }: { call: CallDto }) {
  const { level, degradationReason, isFallback } = call;
  const quiet = level === 0 && !isFallback;
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <span className={quiet ? "text-muted" : "font-medium"}>
        {isFallback ? "Static fallback" : `Level ${level} · ${levelName(level)}`}
      </span>
      {degradationReason && <Badge tone="warn">{`degradation reason: ${degradationReason}`}</Badge>}
      {isFallback && <Badge tone="plum">isFallback: true</Badge>}
    </span>
  );
}
