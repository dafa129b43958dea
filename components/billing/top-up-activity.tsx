"use client";

import ChevronRight from "lucide-react/icons/chevron-right";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { Skeleton } from "@/components/ui/skeleton";
import { CHEVRON, SUMMARY } from "./details-style";

/** Its script comes when it is opened. */
const TopUpAttempts = dynamic(() => import("./top-up-attempts"), {
  ssr: false,
  loading: () => <Skeleton className="mt-3 h-12" />,
});

/** Each attempt: when, what, how it ended, and what an owner had agreed to. Read once it is opened. */
export function TopUpActivity() {
  const [open, setOpen] = useState(false);
  return (
    <details className="group border-t pt-4" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className={`${SUMMARY} font-medium`}>
        <ChevronRight aria-hidden className={`${CHEVRON} group-open:rotate-90`} />
        <h3>Auto top-up activity</h3>
      </summary>
      {open && (
        <ErrorBoundary
          fallback={<p className="mt-3">The activity could not be loaded. Please reload the page.</p>}
        >
          <TopUpAttempts />
        </ErrorBoundary>
      )}
    </details>
  );
}
