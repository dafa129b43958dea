import { describe, expect, it } from "vitest";
import { recentEvents } from "./recent-events";

const START = Date.UTC(2026, 10, 26, 12);
const calls = { type: "calls/changed" };
const credits = { type: "credits/changed" };

function givenRecent({ listening = true } = {}) {
  let now = START;
  const recent = recentEvents<{ type: string }>(() => new Date(now));
  if (listening) recent.noteListening(true);
  return { ...recent, pass: (seconds: number) => (now += seconds * 1_000), now: () => now };
}

describe("what a browser has missed that begins to listen", () => {
  it("is what happened since its page was rendered, each kind once, to its own garage alone", () => {
    const recent = givenRecent();
    recent.remember("garage", { type: "before/changed" });
    recent.pass(20);
    const rendered = recent.now();
    for (const event of [calls, calls, credits]) recent.remember("garage", event);
    recent.remember("another", { type: "foreign/changed" });
    recent.remember("person", { type: "access/changed" });
    recent.pass(3);
    expect(recent.missedSince(["garage", "person"], rendered)).toEqual([
      calls,
      credits,
      { type: "access/changed" },
    ]);
    expect(recent.missedSince(["quiet"], rendered)).toEqual([]);
  });

  it("holds what happened a moment before by another machine’s clock", () => {
    const recent = givenRecent();
    recent.pass(20);
    recent.remember("garage", calls);
    expect(recent.missedSince(["garage"], recent.now() + 240)).toEqual([calls]);
  });

  it.each([
    ["was rendered more than a minute ago", 60, 0],
    ["was rendered before this process heard of everything", 4, 0],
    ["says that it was rendered later than now", 50, 51],
  ])("cannot be said of a page that %s", (_case, passed, rendered) => {
    const recent = givenRecent();
    recent.pass(passed);
    expect(recent.missedSince(["garage"], START + rendered * 1_000)).toBeNull();
  });

  it("cannot be said while nothing is heard, nor afterwards of the time before", () => {
    const recent = givenRecent({ listening: false });
    recent.pass(20);
    const rendered = recent.now();
    recent.pass(1);
    expect(recent.missedSince(["garage"], rendered)).toBeNull();
    recent.noteListening(true);
    expect(recent.missedSince(["garage"], rendered)).toBeNull();
    recent.pass(1);
    expect(recent.missedSince(["garage"], recent.now())).toEqual([]);
    recent.noteListening(false);
    expect(recent.missedSince(["garage"], recent.now())).toBeNull();
  });

  it("is forgotten after a minute, so that a million garages fill no memory", () => {
    const recent = givenRecent();
    recent.remember("early", calls);
    recent.pass(30);
    recent.remember("garage", calls);
    recent.pass(31);
    recent.remember("garage", credits);
    expect(recent.missedSince(["early"], START + 10_000)).toEqual([]);
    expect(recent.missedSince(["garage"], START + 30_000)).toEqual([calls, credits]);
  });
});
