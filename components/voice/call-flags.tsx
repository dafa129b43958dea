import TriangleAlert from "lucide-react/icons/triangle-alert";
import { Badge } from "@/components/ui/badge";
import type { CallDto } from "@/lib/calls/client";
import { levelName } from "./words";

/** How a call was answered, and why not by the full AI. */
export function CallFlags({ call }: { call: CallDto }) {
  const { answer, level, degradationReason, isFallback, isForwarded } = call;
  if (answer === "missed") return <span className="text-muted">Missed: it only rang</span>;
  const isQuiet = level === 0 && !isFallback;
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      {isFallback && <TriangleAlert aria-hidden className="size-4 shrink-0 text-plum" />}
      <span className={isQuiet ? "text-muted" : "font-medium"}>
        {isFallback ? "Static fallback" : `Level ${level} · ${levelName(level)}`}
      </span>
      {degradationReason && <Badge tone="warn">{`degradation reason: ${degradationReason}`}</Badge>}
      {isFallback && <Badge tone="plum">isFallback: true</Badge>}
      {isForwarded && <Badge>Forwarded</Badge>}
    </span>
  );
}

/** Whether the caller is to be rung back; nothing where they are not. */
export function CallBackFlag({ call: { callBack } }: { call: CallDto }) {
  if (callBack === null) return null;
  return callBack === "waiting" ? (
    <Badge tone="warn">To ring back</Badge>
  ) : (
    <Badge tone="good">Rung back</Badge>
  );
}
