"use client";

import { clsx } from "clsx";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

type SaveBarProps = {
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** What the server said of the form as a whole. */
  readonly error?: string | undefined;
  readonly label?: string;
  /** Of what stands there unchanged. */
  readonly note?: string | undefined;
  readonly onDiscard?: () => void;
  /** The form has several cards: a bar of its own, which stays in sight while something is unsaved. */
  readonly ofSeveral?: boolean;
};

/** What has the focus is not left behind it. */
export const ABOVE_SAVE_BAR = "[&_:is(input,select,textarea,button)]:scroll-mb-28";

/** The end of a settings form: what went wrong, whether something is unsaved, and the button. */
export function SaveBar({
  isDirty,
  isSaving,
  error,
  label = "Save",
  note = "",
  onDiscard,
  ofSeveral = false,
}: SaveBarProps) {
  return (
    <footer
      className={clsx(
        "grid gap-3 px-5 py-4",
        ofSeveral ? "rounded-lg border bg-surface shadow-card" : "border-t",
        ofSeveral && isDirty && "sticky bottom-0 z-10 sm:bottom-3",
      )}
    >
      {error && <Banner tone="bad" title={error} urgent />}
      <div className="flex flex-wrap items-center justify-end gap-3">
        <p role="status" className="mr-auto text-muted text-sm">
          {isSaving ? "" : isDirty ? "Not saved yet" : note}
        </p>
        {onDiscard && isDirty && (
          <Button type="button" onClick={onDiscard} disabled={isSaving}>
            Discard
          </Button>
        )}
        <Button type="submit" variant="primary" aria-busy={isSaving} aria-disabled={isSaving}>
          {isSaving ? "Saving…" : label}
        </Button>
      </div>
    </footer>
  );
}
