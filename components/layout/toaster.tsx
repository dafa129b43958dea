"use client";

import { useEffect } from "react";
import { Toaster, toast } from "sonner";

export { toast };

let begin = (): void => undefined;

/** Resolves once toasts can be seen: what is said before would be lost. */
export const toastsShown = new Promise<void>((resolve) => {
  begin = resolve;
});

export function ToastList() {
  // After those of its children: they listen from then on.
  useEffect(() => begin(), []);
  return (
    <Toaster
      position="bottom-right"
      toastOptions={{
        classNames: {
          toast: "!rounded-lg !border-0 !bg-surface !font-sans !text-ink !shadow-over",
          success: "[&_[data-icon]]:!text-good",
          error: "[&_[data-icon]]:!text-bad",
          description: "!text-muted",
        },
      }}
    />
  );
}
