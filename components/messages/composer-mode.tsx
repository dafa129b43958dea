"use client";

import { clsx } from "clsx";
import Lock from "lucide-react/icons/lock";
import type { ReactNode } from "react";
import { focusTextBox } from "./composer-focus";
import type { ComposerMode as Mode } from "./drafts";

type ComposerModeProps = { readonly mode: Mode; readonly onChange: (mode: Mode) => void };

/** Chooses for whom the text is. Each mode has its own, so that a note never turns into a reply. */
export function ComposerMode({ mode, onChange }: ComposerModeProps) {
  const choose = (next: Mode) => {
    onChange(next);
    requestAnimationFrame(focusTextBox);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would stand in the way of the text
    <div role="group" aria-label="What you write" className="mb-2 flex gap-1">
      <ModeButton pressed={mode === "reply"} onPress={() => choose("reply")} look="bg-sunken text-ink">
        Reply
      </ModeButton>
      <ModeButton pressed={mode === "note"} onPress={() => choose("note")} look="bg-warn-soft text-warn-text">
        <Lock aria-hidden className="size-3" />
        Internal note
      </ModeButton>
    </div>
  );
}

type ModeButtonProps = {
  readonly pressed: boolean;
  readonly look: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
};

function ModeButton({ pressed, look, onPress, children }: ModeButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={clsx(
        "inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 font-medium text-sm max-md:h-9",
        pressed ? look : "text-muted hover:text-ink",
      )}
    >
      {children}
    </button>
  );
}
