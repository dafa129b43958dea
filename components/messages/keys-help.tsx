"use client";

import Keyboard from "lucide-react/icons/keyboard";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useKey } from "./use-keys";

/** Its script comes when it is asked for. */
const KeysOverlay = dynamic(() => import("./keys-overlay"), { ssr: false });

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
