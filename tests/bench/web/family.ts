import type { Goal, Round, Row } from "../report";
import type { WebBench } from "./bench";

/** One round's figures by name: times in ms, rates a second, JavaScript in kB. */
export type WebRound = Round<string>;

/** Rows of docs/performance.md with what measures them: one file a family. */
export type Family = {
  readonly rows: readonly Row<string>[];
  /** Each step measures once; every other round they take place in reverse. */
  readonly steps: readonly ((bench: WebBench) => Promise<WebRound>)[];
};

export const atMost = (value: number): Goal => ({ kind: "at most", value });
export const atLeast = (value: number): Goal => ({ kind: "at least", value });

export async function playRound(
  { steps }: Family,
  bench: WebBench,
  { reverse }: { readonly reverse: boolean },
): Promise<WebRound> {
  let round: WebRound = {};
  for (const step of reverse ? [...steps].reverse() : steps) round = { ...round, ...(await step(bench)) };
  return round;
}
