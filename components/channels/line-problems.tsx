import CircleAlert from "lucide-react/icons/circle-alert";
import CircleHelp from "lucide-react/icons/circle-help";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { Button } from "@/components/ui/button";
import type { LineDto, LineProblem } from "@/lib/lines/client";

const MARK: Readonly<
  Record<
    LineProblem["severity"],
    { readonly icon: typeof CircleAlert; readonly color: string; readonly word: string }
  >
> = {
  stops: { icon: CircleAlert, color: "text-bad-text", word: "Problem" },
  limits: { icon: TriangleAlert, color: "text-warn-text", word: "Warning" },
  unknown: { icon: CircleHelp, color: "text-muted", word: "Note" },
};

type LineProblemsProps = {
  readonly line: LineDto;
  readonly connecting: boolean;
  readonly onConnect: () => void;
};

/** What is wrong, and the next step; with the button where connecting again mends it. */
export function LineProblems({ line, connecting, onConnect }: LineProblemsProps) {
  const { problems, state } = line;
  if (problems.length === 0) return null;
  const byButton = state === "connected" && problems.some(({ by }) => by === "button");
  return (
    <div className="grid gap-3 rounded-md bg-sunken p-3">
      <ul className="grid gap-3">
        {problems.map(({ code, severity, what, next }) => {
          const { icon: Icon, color, word } = MARK[severity];
          return (
            <li key={code} className="flex gap-2.5 text-sm">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${color}`} />
              <div className="min-w-0 break-words">
                <p className="sr-only">{word}</p>
                <p className="font-medium">{what}</p>
                <p className="text-muted">{next}</p>
              </div>
            </li>
          );
        })}
      </ul>
      {byButton && (
        <div className="pl-6.5">
          <Button
            size="sm"
            variant="primary"
            aria-busy={connecting}
            aria-disabled={connecting}
            onClick={onConnect}
          >
            {connecting ? "Connecting…" : "Connect again"}
          </Button>
        </div>
      )}
    </div>
  );
}
