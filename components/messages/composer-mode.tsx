"use client";

import { clsx } from "clsx";
import Lock from "lucide-react/icons/lock";
import type { ReactNode } from "react";
import type { ComposerMode as Mode } from "./drafts";

type ComposerModeProps = {
  readonly mode: Mode;
  readonly keys: Readonly<Record<Mode, string | undefined>>;
  readonly onChange: (mode: Mode) => void;
};

/** Chooses for whom the text is. Each mode has its own, so that a note never turns into a reply. */
export function ComposerMode({ mode, keys, onChange }: ComposerModeProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would stand in the way of the text
    <div role="group" aria-label="What you write" className="mb-2 flex gap-1">
      <ModeButton
        keys={keys.reply}
        pressed={mode === "reply"}
        onPress={() => onChange("reply")}
        look="bg-sunken text-ink"
      >
        Reply
      </ModeButton>
      <ModeButton
        keys={keys.note}
        pressed={mode === "note"}
        onPress={() => onChange("note")}
        look="bg-warn-soft text-warn-text"
      >
        <Lock aria-hidden className="size-3" />
        Internal note
      </ModeButton>
    </div>
  );
}

type ModeButtonProps = {
  readonly pressed: boolean;
  readonly keys: string | undefined;
  readonly look: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
};

function ModeButton({ pressed, keys, look, onPress, children }: ModeButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
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
