"use client";

import ChevronRight from "lucide-react/icons/chevron-right";
import { useState } from "react";
import { partMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import { Skeleton } from "@/components/ui/skeleton";
import { CHEVRON, SUMMARY } from "./details-style";

/** Its script comes when it is opened. */
const TopUpAttempts = onDemand(() => import("./top-up-attempts"), {
  loading: () => <Skeleton className="mt-3 h-12" />,
  missing: partMissing("The activity couldn’t be loaded"),
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
        <div className="mt-3">
          <TopUpAttempts />
        </div>
      )}
    </details>
  );
}
