import { clsx } from "clsx";
import Wrench from "lucide-react/icons/wrench";
import { type CallDetailDto, goesOn } from "@/lib/calls/client";
import { clockOf, type DialogueLine, dialogueOf, toolName } from "./dialogue";

/** What was said: the AI at the left, the caller at the right, what the AI looked up or booked in between. */
export function Transcript({ call }: { call: CallDetailDto }) {
  const lines = dialogueOf(call);
  if (lines.length === 0)
    return (
      <p className="mt-1 text-muted">
        {goesOn(call) ? "The transcript appears when the call has ended." : "Nothing was said on this call."}
      </p>
    );
  return (
    <ol className="mt-3 grid gap-2.5">
      {lines.map((line) =>
        line.by === "tool" ? <Tool key={line.key} {...{ line }} /> : <Said key={line.key} {...{ line }} />,
      )}
    </ol>
  );
}

const NAME = { ai: "AI", caller: "Caller" } as const;

function Said({ line: { by, text, second } }: { line: DialogueLine }) {
  const isCaller = by === "caller";
  return (
    <li className={clsx("flex flex-col", isCaller ? "items-end pl-8" : "items-start pr-8")}>
      {(by === "ai" || isCaller) && (
        <p className="flex gap-1.5 text-xs">
          <span className={clsx("font-medium", isCaller ? "text-muted" : "text-plum")}>{NAME[by]}</span>
          {second !== null && <span className="text-faint tabular-nums">{clockOf(second)}</span>}
        </p>
      )}
      <p
        className={clsx(
          "wrap-anywhere mt-0.5 whitespace-pre-wrap rounded-lg px-3 py-2",
          isCaller ? "rounded-tr-sm bg-accent-soft" : "rounded-tl-sm bg-sunken",
        )}
      >
        {text}
      </p>
    </li>
  );
}

function Tool({ line: { tool = "", text, second } }: { line: DialogueLine }) {
  return (
    <li className="flex items-start gap-1.5 px-1 text-muted text-xs">
      <Wrench aria-hidden className="mt-0.5 size-3 shrink-0" />
      <p className="wrap-anywhere min-w-0">
        {[toolName(tool), text].filter((part) => part !== "").join(": ")}
      </p>
      {second !== null && <span className="ml-auto shrink-0 text-faint tabular-nums">{clockOf(second)}</span>}
    </li>
  );
}
