"use client";

import Keyboard from "lucide-react/icons/keyboard";
import { useState } from "react";
import { dialogMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import { useKey } from "./use-keys";

/** Its script comes when it is asked for. */
const KeysOverlay = onDemand(() => import("./keys-overlay"), {
  missing: dialogMissing("The keyboard shortcuts couldn’t be loaded"),
});

/** Opens the help on keys: by its own key, and by a button for those who have switched single keys off. */
export function KeysHelp() {
  const [open, setOpen] = useState(false);
  const shortcut = useKey("help", () => setOpen(true));
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts={shortcut}
        onClick={() => setOpen(true)}
        className="flex items-center gap-1.5 text-muted text-xs hover:text-ink"
      >
        <Keyboard aria-hidden className="size-3.5" />
        Keyboard shortcuts
      </button>
      {open && <KeysOverlay onClose={() => setOpen(false)} />}
    </>
  );
}
