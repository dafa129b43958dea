import { env } from "./env";
import { processWide } from "./process-wide";

/** Verbs take the time from their context, so that tests can move it. */
export type Clock = () => Date;

const offset = processWide("clock-offset", () => ({ aheadMs: 0 }));

/** The machine's time: for sessions, limits, signatures, probes, and for every time that is given to the job queue. */
export const machineClock: Clock = () => new Date();

/** The time of the business: the machine's, put ahead where tests or the demo play months. */
export const businessClock: Clock = () => new Date(Date.now() + offset().aheadMs);

/** How far the time of the business is ahead of the machine's, in milliseconds. */
export const clockAheadMs = (): number => offset().aheadMs;

/** Takes what the database says. A process that serves customers stays with its machine's time, whatever that is. */
export function setClockAhead(aheadMs: number): void {
  offset().aheadMs = mayMoveClock() ? aheadMs : 0;
}

/** Only tests, which run as the demo does, and the demo itself play with time. */
export const mayMoveClock = (): boolean => env().TORQUEFLOW_DEMO;

/** The machine's time at a moment of the business. */
export const toMachineTime = (at: Date): Date => new Date(at.getTime() - offset().aheadMs);
