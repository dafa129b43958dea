import { expect, it } from "vitest";
import { decideHandling, type Handling, type HandlingFacts } from "./decide-handling";
import { decideSend } from "./decide-send";
import { windowEnd, windowIsOpen } from "./window";

const facts = (over: Partial<HandlingFacts> = {}): HandlingFacts => ({
  wantsAnswer: true,
  consent: null,
  canBeAnswered: true,
  optedOut: false,
  windowOpen: true,
  held: false,
  recentCanned: 0,
  gate: { kind: "allow", billable: true, failOpen: false },
  ...over,
});
const exhausted = { kind: "degrade", reason: "credit-exhaustion" } as const;

it.each<[string, HandlingFacts, Handling]>([
  ["an allowed message is answered", facts(), { kind: "answer" }],
  ["a reaction is recorded", facts({ wantsAnswer: false }), { kind: "record", attention: false }],
  [
    "an opt-out word gets nothing, even without credits",
    facts({ consent: "opt_out", gate: exhausted }),
    { kind: "record", attention: false },
  ],
  ["HELP is answered by the provider", facts({ consent: "help" }), { kind: "record", attention: false }],
  ["an opted-out number goes to a person", facts({ optedOut: true }), { kind: "record", attention: true }],
  [
    "a short code is never answered",
    facts({ canBeAnswered: false, gate: exhausted }),
    { kind: "record", attention: true },
  ],
  ["the AI is silent while a person holds it", facts({ held: true }), { kind: "record", attention: true }],
  [
    "nor is the canned reply sent then",
    facts({ held: true, gate: exhausted }),
    { kind: "record", attention: true },
  ],
  [
    "without credits: the canned reply",
    facts({ gate: exhausted }),
    { kind: "degrade", reason: "credit-exhaustion", canned: true },
  ],
  [
    "at the trial's cap: its own reason",
    facts({ gate: { kind: "degrade", reason: "trial-cap" } }),
    { kind: "degrade", reason: "trial-cap", canned: true },
  ],
  [
    "in a closed window: silent routing",
    facts({ gate: exhausted, windowOpen: false }),
    { kind: "degrade", reason: "credit-exhaustion", canned: false },
  ],
  [
    "after three canned replies: a loop",
    facts({ gate: exhausted, recentCanned: 3 }),
    { kind: "degrade", reason: "credit-exhaustion", canned: false },
  ],
  [
    "an allowed message in a closed window cannot be answered, so no AI is asked",
    facts({ windowOpen: false }),
    { kind: "record", attention: true },
  ],
])("%s", (_, given, handling) => {
  expect(decideHandling(given)).toEqual(handling);
});

it("the window is open while less than 24 hours have passed since the customer's message, by its own time", () => {
  const end = windowEnd(new Date("2026-11-20T10:00:00Z"));
  expect(windowIsOpen(end, new Date("2026-11-21T09:59:59.999Z"))).toBe(true);
  expect(windowIsOpen(end, new Date("2026-11-21T10:00:00Z"))).toBe(false);
  expect(windowIsOpen(null, new Date())).toBe(true);
});

it("at the moment of sending: a person, an opt-out and a closed window each stop what may not go any more", () => {
  const now = new Date("2026-11-21T10:00:00Z");
  const send = { status: "queued", author: "ai", held: false, optedOut: false, window: null, now } as const;
  expect(decideSend(send)).toEqual({ kind: "send" });
  expect(decideSend({ ...send, held: true })).toEqual({ kind: "refused", reason: "taken-over" });
  expect(decideSend({ ...send, held: true, author: "staff" })).toEqual({ kind: "send" });
  expect(decideSend({ ...send, optedOut: true })).toEqual({ kind: "refused", reason: "opted-out" });
  expect(decideSend({ ...send, window: { endsAt: now } })).toEqual({
    kind: "refused",
    reason: "window-closed",
  });
  expect(decideSend({ ...send, window: { endsAt: null } })).toEqual({
    kind: "refused",
    reason: "window-closed",
  });
  expect(decideSend({ ...send, status: "sending" })).toEqual({ kind: "done" });
});
