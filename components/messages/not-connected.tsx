"use client";

import { useIsConnectionLost } from "@/components/live/connection";

/** Without a live stream the page is read again every ten seconds. */
export function NotConnected({ className = "" }: { readonly className?: string }) {
  const isLost = useIsConnectionLost();
  return (
    <p role="status" className={`border-t bg-sunken px-4 py-2 text-muted text-xs empty:hidden ${className}`}>
      {isLost && "Not connected. What you see may be a few seconds old."}
    </p>
  );
}
