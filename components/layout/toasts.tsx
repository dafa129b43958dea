"use client";

import { Toaster } from "sonner";

/** Short words about what just happened: `toast.success(…)` of sonner, from anywhere. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-right"
      toastOptions={{
        classNames: {
          toast: "!rounded-lg !border-line !bg-surface !font-sans !text-ink !shadow-over",
          description: "!text-muted",
        },
      }}
    />
  );
}
