"use client";

import { createContext, type ReactNode, use, useCallback, useEffect, useState } from "react";
import { formatDay, type Moment } from "@/lib/shared/format";

const TICK_MS = 15_000;

const Ahead = createContext(0);

type ClockProviderProps = {
  /** How far the server's clock has been moved ahead: in the demo, where months are played. */
  readonly aheadMs: number;
  readonly children: ReactNode;
};

/** The time of the business for a page, so that its times agree with the server's. */
export function ClockProvider({ aheadMs, children }: ClockProviderProps) {
  return <Ahead value={aheadMs}>{children}</Ahead>;
}

/** Tells the time of the business when it is called. */
export function useClock(): () => Date {
  const aheadMs = use(Ahead);
  return useCallback(() => new Date(Date.now() + aheadMs), [aheadMs]);
}

/** Writes days as a page shows them: the year only where it is not the business's present one. */
export function useFormatDay(): (at: Moment) => string {
  const clock = useClock();
  return (at) => formatDay(at, clock());
}

/** The current time, updated every 15 seconds and whenever the tab is shown again or the clock was moved. */
export function useNow(): Date {
  const clock = useClock();
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const tick = () => setNow(clock());
    tick();
    const timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [clock]);
  return now;
}
