import { expect, test } from "vitest";
import { nextStepText, replyHint } from "./words";

const WITH_THE_AI = {
  channel: "sms",
  holder: null,
  degraded: false,
  degradationReason: null,
  state: "open",
  needsAttention: false,
  aiPausedUntil: null,
} as const;
const TAKES_OVER = "Replying takes this conversation over from the AI.";
const HOLDS_THEN = "You hold this conversation once you reply.";

test.each([
  ["with the AI", {}, TAKES_OVER],
  ["held by the reader", { holder: { id: "me", name: "Pat" } }, "You hold this conversation. Enter sends."],
  ["marked as done", { state: "done" }, HOLDS_THEN],
  ["handed over by the AI", { needsAttention: true }, HOLDS_THEN],
  [
    "without credits",
    { degraded: true, degradationReason: "credit-exhaustion" },
    "The AI is paused: no credits.",
  ],
] as const)("a conversation %s: the reply box says what a reply changes", (_, now, hint) => {
  expect(replyHint({ ...WITH_THE_AI, ...now }, "me")).toBe(hint);
});

test("what was not delivered is tried again where a reply can go, and sent as a template where none can", () => {
  expect(nextStepText("not-delivered", true)).toMatch(/^Try again/);
  expect(nextStepText("not-delivered", false)).toMatch(/^Send a template/);
});
