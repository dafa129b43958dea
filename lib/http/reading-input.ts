import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "@/lib/shared/process-wide";

/** A page's POST: whether what was sent has been read, so that code of ours runs by now. */
export type Reading = { isDone: boolean };

const readings = processWide("reading-input", () => new AsyncLocalStorage<Reading>());

/** Runs `work`, which begins by reading what was sent. */
export const reading = <T>(state: Reading, work: () => T): T => readings().run(state, work);

/** Called by the first code of ours that runs: what fails from here on is our failure. */
export function inputIsRead(): void {
  const state = readings().getStore();
  if (state) state.isDone = true;
}

/** Whether Next is still reading what somebody sent: what it complains of now is that sender's mistake. */
export const isReadingInput = (): boolean => readings().getStore()?.isDone === false;
