"use client";

import { useEffect } from "react";

/** Alt+J opens the next conversation, Alt+K the previous one. Keys are compared by `code`: with Option a Mac types other letters. */
export function useConversationKeys(
  shown: readonly { readonly id: string }[],
  openId: string | null,
  open: (id: string) => void,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = event.code === "KeyJ" ? 1 : event.code === "KeyK" ? -1 : 0;
      if (step === 0 || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const at = shown.findIndex(({ id }) => id === openId);
      const next = shown[at < 0 ? 0 : at + step];
      if (next) open(next.id);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [shown, openId, open]);
}
