"use client";

import { useEffect, useState } from "react";
import { useClock } from "@/components/ui/use-now";

/** The current time, every second. */
export function useSeconds(): Date {
  const clock = useClock();
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), 1_000);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}
