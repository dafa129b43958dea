"use client";

import { Toaster } from "sonner";

/** Where toasts appear: call `toast(…)` of sonner anywhere. */
export function Toasts() {
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
