"use client";

import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { Refusal } from "./auth-form";

type PressProps = {
  readonly label: string;
  readonly busyLabel: string;
  /** Undefined where it succeeded and the page is about to change. */
  readonly act: () => Promise<Refusal>;
  readonly variant?: "primary" | "secondary";
};

/** One button that does something, and says why where it could not. */
export function Press({ label, busyLabel, act, variant = "primary" }: PressProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const press = async () => {
    setBusy(true);
    setFailure(undefined);
    const refusal = await act();
    if (!refusal) return;
    setFailure(refusal.message);
    setBusy(false);
  };
  return (
    <div className="mt-6 grid gap-3">
      {failure && <Banner tone="bad" title={failure} urgent />}
      <Button variant={variant} size="lg" disabled={busy} aria-busy={busy} onClick={() => void press()}>
        {busy ? busyLabel : label}
      </Button>
    </div>
  );
}
