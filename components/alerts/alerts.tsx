"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { onDemand } from "@/components/ui/on-demand";
import { waitingQuery } from "@/lib/inbox/waiting-client";
import { useAlert } from "./alert-settings";

const DeviceAlerts = onDemand(() => import("./device-alerts"));

/** Tells on every page, also one that nobody looks at, how many wait for a person. Its scripts come after the first paint. */
export function Alerts() {
  const count = useQuery(waitingQuery()).data?.count;
  const notifications = useAlert("notifications");
  const sound = useAlert("sound");
  useEffect(() => {
    if (count === undefined) return;
    import("./tab-badge").then(
      ({ showInTab }) => showInTab(count),
      () => undefined, // no connection: the next count tries again
    );
  }, [count]);
  if (!notifications && !sound) return null;
  return <DeviceAlerts />;
}
