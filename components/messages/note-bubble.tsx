import Lock from "lucide-react/icons/lock";
import type { ReactNode } from "react";

type NoteFrameProps = { readonly body: string; readonly foot: ReactNode };

/** A note in the thread: unlike every message in colour, place and words. */
export function NoteFrame({ body, foot }: NoteFrameProps) {
  return (
    <div className="rounded-lg border border-warn-line bg-warn-soft px-3.5 py-2.5">
      <p className="flex items-center gap-1.5 font-medium text-warn-text text-xs">
        <Lock aria-hidden className="size-3 shrink-0" />
        Internal note · only your team sees this
      </p>
      <p dir="auto" className="wrap-anywhere mt-1 whitespace-pre-wrap">
        {body}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-1.5 text-warn-text text-xs">{foot}</p>
    </div>
  );
}
