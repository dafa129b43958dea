import { expect, test } from "vitest";
import { messagesOnlySince } from "./messages-only";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 14, minute));
const inFull = (minute: number) => ({ startedAt: at(minute), degradationReason: null, isFallback: false });
const degraded = (minute: number) => ({ ...inFull(minute), degradationReason: "credit-exhaustion" });
const fallback = (minute: number) => ({ ...inFull(minute), isFallback: true });

test.each([
  [
    "the first degraded call after the last full one",
    [degraded(30), degraded(5), inFull(2), degraded(1)],
    at(5),
  ],
  [
    "a call answered by our own fallback is neither",
    [fallback(40), degraded(30), fallback(20), inFull(2)],
    at(30),
  ],
  ["nothing where the latest call was answered in full", [inFull(30), degraded(5)], undefined],
  ["the earliest where none was answered in full", [degraded(30), degraded(5)], at(5)],
  ["nothing where nobody has called", [], undefined],
])("%s", (_, calls, since) => {
  expect(messagesOnlySince(calls)).toEqual(since);
});
