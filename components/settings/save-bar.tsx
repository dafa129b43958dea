"use client";

import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

type SaveBarProps = {
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** What the server said of the form as a whole. */
  readonly error?: string | undefined;
  readonly label?: string;
  readonly onDiscard?: () => void;
};

/** The end of a settings form: what went wrong, whether something is unsaved, and the button. */
export function SaveBar({ isDirty, isSaving, error, label = "Save", onDiscard }: SaveBarProps) {
  return (
    <footer className="grid gap-3 border-t px-5 py-4">
      {error && <Banner tone="bad" title={error} urgent />}
      <div className="flex flex-wrap items-center justify-end gap-3">
        <p role="status" className="mr-auto text-muted text-sm">
          {isDirty && !isSaving ? "Not saved yet" : ""}
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
