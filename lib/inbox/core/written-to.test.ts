import { expect, it } from "vitest";
import { afterArrival } from "./written-to";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 21, 10, minutes));
const closes = (minutes: number) => new Date(at(minutes).getTime() + 24 * 3_600_000);
const never = { identity: "A", identityAt: null, windowEndsAt: null };
const toB = { identity: "B", identityAt: at(10), windowEndsAt: closes(10) };
const text = (identity: string, minutes: number) =>
  ({ channel: "whatsapp", identity, type: "text", at: at(minutes) }) as const;

it.each([
  ["the first message", never, text("B", 10), toB],
  [
    "a later one to the other number",
    toB,
    text("A", 11),
    { identity: "A", identityAt: at(11), windowEndsAt: closes(11) },
  ],
  ["an earlier one that comes later", toB, text("A", 5), toB],
  ["a reaction, however late", toB, { ...text("A", 20), type: "reaction" } as const, toB],
  ["a message in a group", toB, { ...text("A", 20), inGroup: true }, toB],
  [
    "a call",
    toB,
    { ...text("A", 20), type: "call" } as const,
    { identity: "A", identityAt: at(20), windowEndsAt: closes(20) },
  ],
  [
    "an SMS has no window",
    never,
    { ...text("C", 1), channel: "sms" } as const,
    { identity: "C", identityAt: at(1), windowEndsAt: null },
  ],
])("%s", (_, before, message, after) => {
  expect(afterArrival(before, message)).toEqual(after);
});
