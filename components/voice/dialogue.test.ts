import { expect, test } from "vitest";
import { clockOf, dialogueOf, readTranscript, toolName } from "./dialogue";

const said = (transcript: string) => readTranscript(transcript).map(({ by, text }) => [by, text]);

test("a transcript is read as a dialogue: who speaks stands before a colon, and other lines go on", () => {
  expect(
    said("AI: Hello, who’s there?\nUser: It’s Jo.\nI have two things: brakes,\r\n\n tyres\nbot: Right"),
  ).toEqual([
    ["ai", "Hello, who’s there?"],
    ["caller", "It’s Jo.\nI have two things: brakes,\n tyres"],
    ["ai", "Right"],
  ]);
});

test("what nobody is named for is said by nobody known", () => {
  expect(said("A note of the provider\nCaller: Hi")).toEqual([
    [null, "A note of the provider"],
    ["caller", "Hi"],
  ]);
  expect(said("")).toEqual([]);
});

test("the provider’s own turns come before the text, with times and tools", () => {
  const turns = [{ by: "tool", tool: "book_appointment", text: "Booked", second: 5 }] as const;
  expect(dialogueOf({ dialogue: turns, transcript: "AI: Hi" })).toEqual([{ key: 0, ...turns[0] }]);
  expect(dialogueOf({ dialogue: [], transcript: "AI: Hi" })).toMatchObject([{ by: "ai", second: null }]);
  expect(dialogueOf({ dialogue: null, transcript: null })).toEqual([]);
});

test("tools and times are said in words", () => {
  expect(["customer_lookup", "check_stock", "constructor"].map(toolName)).toEqual([
    "Customer record",
    "check stock",
    "constructor",
  ]);
  expect([0, 65, 754].map(clockOf)).toEqual(["0:00", "1:05", "12:34"]);
});
