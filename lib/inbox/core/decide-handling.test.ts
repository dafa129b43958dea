import { expect, it } from "vitest";
import { attentionFor, decideHandling, type Handling, type HandlingFacts } from "./decide-handling";
import { decideSend } from "./decide-send";
import { windowEnd, windowIsOpen } from "./window";

const now = new Date("2026-11-21T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const facts = (over: Partial<HandlingFacts> = {}): HandlingFacts => ({
  wantsAnswer: true,
  unreadable: false,
  revoked: false,
  consent: null,
  canBeAnswered: true,
  optedOut: false,
  windowOpen: true,
  pause: { heldBy: null, aiPausedUntil: null, reason: null },
  teamWroteAt: null,
  cannedInHold: false,
  recentCanned: 0,
  now,
  ...over,
});

const held = { heldBy: "somebody", aiPausedUntil: null, reason: null };
const echoed = { heldBy: null, aiPausedUntil: minutesAgo(-10), reason: null };
const exhausted = { heldBy: null, aiPausedUntil: null, reason: "credit-exhaustion" } as const;
const heldWithout = { ...held, reason: "credit-exhaustion" } as const;

const team = (reason: "credit-exhaustion" | null = null, late = false): Handling => ({
  kind: "team",
  reason,
  late,
});
const degrade = (canned: boolean, late = false): Handling => ({
  kind: "degrade",
  reason: "credit-exhaustion",
  canned,
  late,
});

it.each<[string, HandlingFacts, Handling]>([
  ["an allowed message is answered", facts(), { kind: "answer" }],
  ["what cannot be read goes to a person, not to the AI", facts({ unreadable: true }), team()],
  [
    "without credits it has the canned words like any other",
    facts({ unreadable: true, pause: exhausted }),
    degrade(true),
  ],
  ["a reaction is shown", facts({ wantsAnswer: false }), { kind: "show" }],
  ["so it is without credits", facts({ wantsAnswer: false, pause: exhausted }), { kind: "show" }],
  [
    "what was withdrawn before it came is shown",
    facts({ revoked: true, pause: exhausted }),
    { kind: "show" },
  ],
  [
    "an opt-out word gets nothing, even without credits",
    facts({ consent: "opt_out", pause: exhausted }),
    { kind: "show" },
  ],
  ["an opt-in is answered by the provider", facts({ consent: "opt_in", optedOut: true }), { kind: "show" }],
  [
    "without credits it is answered like any other",
    facts({ consent: "opt_in", optedOut: true, pause: exhausted }),
    degrade(true),
  ],
  ["an opted-out number goes to a person", facts({ optedOut: true }), team()],
  [
    "with the reason, where there are no credits",
    facts({ optedOut: true, pause: exhausted }),
    team("credit-exhaustion"),
  ],
  ["a short code is never answered", facts({ canBeAnswered: false }), team()],
  [
    "nor without credits, but the reason shows",
    facts({ canBeAnswered: false, pause: exhausted }),
    team("credit-exhaustion"),
  ],
  ["the AI does not answer while a person holds it", facts({ pause: held }), team()],
  ["and for a while after the garage wrote from its own phone", facts({ pause: echoed }), team()],
  ["which has an end", facts({ pause: { ...echoed, aiPausedUntil: now } }), { kind: "answer" }],
  ["without credits: the canned words", facts({ pause: exhausted }), degrade(true)],
  [
    "at the trial's cap: its own reason",
    facts({ pause: { ...exhausted, reason: "trial-cap" } }),
    { kind: "degrade", reason: "trial-cap", canned: true, late: false },
  ],
  [
    "in a closed window: silent routing",
    facts({ pause: exhausted, windowOpen: false }),
    degrade(false, true),
  ],
  ["after three canned replies: a loop", facts({ pause: exhausted, recentCanned: 3 }), degrade(false)],
  ["held, and nobody has written: the canned words", facts({ pause: heldWithout }), degrade(true)],
  ["once in a hold", facts({ pause: heldWithout, cannedInHold: true }), degrade(false)],
  [
    "not while the holder is writing",
    facts({ pause: heldWithout, teamWroteAt: minutesAgo(29) }),
    degrade(false),
  ],
  ["but half an hour later", facts({ pause: heldWithout, teamWroteAt: minutesAgo(30) }), degrade(true)],
  [
    "not while somebody writes from the garage's own phone",
    facts({ pause: { ...echoed, reason: "credit-exhaustion" }, teamWroteAt: minutesAgo(20) }),
    degrade(false),
  ],
  [
    "an allowed message in a closed window cannot be answered, so no AI is asked",
    facts({ windowOpen: false }),
    team(null, true),
  ],
])("%s", (_, given, handling) => {
  expect(decideHandling(given)).toEqual(handling);
});

it("a person should look at what degraded, with its reason, and at what is the team's", () => {
  expect(attentionFor(degrade(false))).toBe("credit-exhaustion");
  expect(attentionFor(team("credit-exhaustion"))).toBe("credit-exhaustion");
  expect(attentionFor(team())).toBe("no-automatic-answer");
  for (const late of [degrade(false, true), team(null, true), team("credit-exhaustion", true)])
    expect(attentionFor(late)).toBe("window-closed");
  expect([attentionFor({ kind: "show" }), attentionFor({ kind: "answer" })]).toEqual([null, null]);
});

it("the window is open while less than 24 hours have passed since the customer's message, by its own time", () => {
  const end = windowEnd(new Date("2026-11-20T10:00:00Z"));
  expect(windowIsOpen(end, new Date("2026-11-21T09:59:59.999Z"))).toBe(true);
  expect(windowIsOpen(end, new Date("2026-11-21T10:00:00Z"))).toBe(false);
  expect(windowIsOpen(null, new Date())).toBe(true);
});

it("at the moment of sending: a person, an opt-out and a closed window each stop what may not go any more", () => {
  const send = {
    status: "queued",
    author: "ai",
    withPeople: false,
    lineServes: true,
    optedOut: false,
    window: null,
    now,
  } as const;
  expect(decideSend(send)).toEqual({ kind: "send" });
  expect(decideSend({ ...send, withPeople: true })).toEqual({ kind: "refused", reason: "taken-over" });
  expect(decideSend({ ...send, withPeople: true, author: "staff" })).toEqual({ kind: "send" });
  expect(decideSend({ ...send, optedOut: true })).toEqual({ kind: "refused", reason: "opted-out" });
  expect(decideSend({ ...send, lineServes: false })).toEqual({ kind: "refused", reason: "line-gone" });
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
