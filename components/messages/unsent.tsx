"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { deviceKey, forgetDevice, readDevice } from "@/components/live/device";
import { ErrorBoundary } from "@/components/ui/error-boundary";

const UnsentDelivery = dynamic(() => import("./unsent-delivery"), { ssr: false });

/** On every page: what was written in the inbox and has not gone yet goes, wherever its author is after a reload. */
export function Unsent({ userId }: { userId: string }) {
  const [waits, setWaits] = useState(false);
  useEffect(() => {
    forgetDevice(userId);
    const kept = readDevice(deviceKey("outbox", userId));
    setWaits(typeof kept === "object" && kept !== null && Object.keys(kept).length > 0);
  }, [userId]);
  return (
    waits && (
      <ErrorBoundary fallback={null}>
        <UnsentDelivery userId={userId} />
      </ErrorBoundary>
    )
  );
}
