"use client";

import { usePathname } from "next/navigation";
import { type CSSProperties, useEffect } from "react";
import { Toaster, toast } from "sonner";
import { useMedia } from "@/components/ui/use-media";

export { toast };

let begin = (): void => undefined;

/** Resolves once toasts can be seen: what is said before would be lost. */
export const toastsShown = new Promise<void>((resolve) => {
  begin = resolve;
});

/** Over the inbox's list, beside the sidebar and as narrow as that list: the box to write in and its Send stay free. */
const OVER_THE_LIST = {
  position: "bottom-left",
  offset: { left: "15.25rem", bottom: "1rem" },
  style: { "--width": "16rem" } as CSSProperties,
} as const;

export function ToastList() {
  const path = usePathname();
  const isDesk = useMedia("(min-width: 48rem)");
  const place = path.startsWith("/messages") ? OVER_THE_LIST : ({ position: "bottom-right" } as const);
  // After those of its children: they listen from then on.
  useEffect(() => begin(), []);
  return (
    <Toaster
      {...(isDesk === false ? { position: "top-center" } : place)}
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
