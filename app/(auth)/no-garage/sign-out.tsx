"use client";

import { useState } from "react";
import { ApiError } from "@/components/layout/api";
import { signOut } from "@/components/live/sign-out";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

export function SignOut() {
  const [leaving, setLeaving] = useState(false);
  const [failure, setFailure] = useState<string>();
  const leave = async () => {
    setLeaving(true);
    setFailure(undefined);
    try {
      await signOut();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailure(error.message);
      setLeaving(false);
    }
  };
  return (
    <div className="mt-6 grid gap-4">
      {failure && <Banner tone="bad" title={failure} urgent />}
      <Button size="lg" disabled={leaving} aria-busy={leaving} onClick={() => void leave()}>
        {leaving ? "Signing out…" : "Sign out"}
      </Button>
    </div>
  );
}
