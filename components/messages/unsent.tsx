"use client";

import { useEffect, useState } from "react";
import { deviceKey, forgetDevice, readDevice } from "@/components/live/device";
import { onDemand } from "@/components/ui/on-demand";

const UnsentDelivery = onDemand(() => import("./unsent-delivery"));

/** On every page: what was written in the inbox and has not gone yet goes, wherever its author is after a reload. */
export function Unsent({ userId }: { userId: string }) {
  const [waits, setWaits] = useState(false);
  useEffect(() => {
    forgetDevice(userId);
    const kept = readDevice(deviceKey("outbox", userId));
    setWaits(typeof kept === "object" && kept !== null && Object.keys(kept).length > 0);
  }, [userId]);
  return waits && <UnsentDelivery userId={userId} />;
}
