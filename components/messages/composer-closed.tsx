import Lock from "lucide-react/icons/lock";
import type { ReactNode } from "react";

type ComposerClosedProps = {
  readonly title: string;
  readonly text: ReactNode;
  readonly help?: ReactNode;
  /** What had been written and waits for the box to open again. */
  readonly kept?: string;
};

/** Says why nothing can be written here now. */
export function ComposerClosed({ title, text, help, kept = "" }: ComposerClosedProps) {
  return (
    <div role="status" className="flex gap-2.5 rounded-lg bg-sunken px-4 py-3">
      <Lock aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="text-muted text-sm">{text}</p>
        {help && <p className="mt-1 text-sm">{help}</p>}
        {kept.trim() !== "" && (
          <p className="wrap-anywhere mt-2 border-control border-l-2 pl-2.5 text-muted text-sm">
            <span className="block font-medium text-ink">Your unsent reply is kept</span>
            <span dir="auto" className="line-clamp-3 whitespace-pre-wrap">
              {kept}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
