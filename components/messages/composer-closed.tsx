import Lock from "lucide-react/icons/lock";
import type { ReactNode } from "react";
import { COMPOSER_BAR } from "./composer-bar";

type ComposerClosedProps = {
  readonly title: string;
  readonly text: string;
  readonly help?: ReactNode;
  /** What can be done instead of writing. */
  readonly children?: ReactNode;
};

/** Says why nothing can be written here now. */
export function ComposerClosed({ title, text, help, children }: ComposerClosedProps) {
  return (
    <div className={COMPOSER_BAR}>
      <div className="mx-auto max-w-3xl space-y-3">
        <div role="status" className="flex gap-2.5 rounded-lg bg-sunken px-4 py-3">
          <Lock aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
          <div>
            <p className="font-medium">{title}</p>
            <p className="text-muted text-sm">{text}</p>
            {help && <p className="mt-1 text-sm">{help}</p>}
          </div>
        </div>
        {children}
      </div>
    </div>
  );
}
