"use client";

import { createContext, type ReactNode, use, useCallback, useEffect, useEffectEvent, useState } from "react";
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

/**
 * Calls `look`, again after as many milliseconds as it answers, and whenever the tab is shown again, the clock was moved
 * or `about` changes. At least every 15 seconds: a computer that slept runs its timers late.
 */
function useWatch(look: (now: Date) => number, about: number): void {
  const clock = useClock();
  const lookNow = useEffectEvent(look);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is about is looked at anew when it changes
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wake = () => {
      clearTimeout(timer);
      timer = setTimeout(wake, Math.min(Math.max(lookNow(clock()), 1), TICK_MS));
    };
    wake();
    document.addEventListener("visibilitychange", wake);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
    };
  }, [clock, about]);
}

/**
 * The current time, updated every 15 seconds, or sooner where `nextMs` says so of the moment shown; anew when the moment
 * `about` changes that it is measured against.
 */
export function useNow(nextMs: (now: Date) => number = atLeisure, about = 0): Date {
  const [now, setNow] = useState(useClock());
  const look = (at: Date) => {
    setNow(at);
    return nextMs(at);
  };
  useWatch(look, about);
  return now;
}

const atLeisure = () => TICK_MS;

/** Whether a moment has come; renders anew at that very moment, and not before. */
export function useHasCome(moment: Date): boolean {
  const clock = useClock();
  const at = moment.getTime();
  const [has, setHas] = useState(() => at <= clock().getTime());
  const look = (now: Date) => {
    setHas(at <= now.getTime());
    return at <= now.getTime() ? TICK_MS : at - now.getTime();
  };
  useWatch(look, at);
  return has;
}
