import { expect, test } from "vitest";
import { toE164 } from "@/lib/shared/phone-number";
import { visibleName } from "@/lib/shared/visible-text";
import { readCallBack, type TakenMessage } from "./read-call-back";
import { spokenNumbers } from "./spoken-digits";

const CALLER = "+447700900123";
const OWN = "+441134960500";
const taken = (message: Partial<TakenMessage>) =>
  readCallBack(
    {
      structured: [],
      transcript: undefined,
      summary: undefined,
      callerNumber: CALLER,
      ownNumbers: new Set([OWN]),
      ...message,
    },
    (text) => toE164(text),
    visibleName,
  );

test("structured data comes first, under whatever names it has", () => {
  expect(
    taken({ structured: [{ callerName: "Sam Ortiz", callbackNumber: "0113 496 0123", reason: "Brakes" }] }),
  ).toEqual({
    name: "Sam Ortiz",
    phone: "+441134960123",
    phoneAsSpoken: null,
    reason: "Brakes",
    source: "structured_data",
  });
  expect(
    taken({ structured: [{ caller_name: "Sam", "phone-number": 441134960123, Message: "Brakes" }] }),
  ).toMatchObject({
    name: "Sam",
    phone: "+441134960123",
    reason: "Brakes",
  });
});

test("a name is cleaned of what turns the text around it, and one of nothing visible is none", () => {
  const structured = (callerName: string) => taken({ structured: [{ callerName, reason: "Brakes" }] })?.name;
  expect(structured("Kim \u202Egpj.exe")).toBe("Kim gpj.exe");
  expect(["\u3164", "\u200B\u200D", "\u202E"].map(structured)).toEqual([null, null, null]);
  expect(taken({ transcript: "User: My name is \u202EKim Lee\u202C." })?.name).toBe("Kim Lee");
});

test("a number spelt out in the structured data is dialled all the same", () => {
  const callbackNumber = "oh one one three, four nine six, oh one two three";
  expect(taken({ structured: [{ callbackNumber }] })).toMatchObject({
    phone: "+441134960123",
    phoneAsSpoken: null,
  });
});

test("a number nobody can dial is kept as spoken, and the caller's own serves", () => {
  expect(taken({ structured: [{ callerName: "Sam", callbackNumber: "extension 12" }] })).toMatchObject({
    phone: CALLER,
    phoneAsSpoken: "extension 12",
    source: "structured_data",
  });
});

test.each(["", "  ", "n/a", "N/A", "unknown", "none", "not provided", "null"])(
  "%j in structured data is nothing",
  (nothing) => {
    expect(
      taken({ structured: [{ callerName: nothing, callbackNumber: nothing, reason: nothing }] }),
    ).toMatchObject({
      name: null,
      phone: CALLER,
      source: "caller_id",
    });
  },
);

test("without structured data the transcript is read: name, last number said, and the words", () => {
  const transcript =
    "AI: Thank you for calling.\nUser: Sure, it's Sam Ortiz, call me on oh one one three, four nine six, oh one two three. My exhaust fell off.\nAI: Thank you.";
  expect(taken({ transcript })).toEqual({
    name: "Sam Ortiz",
    phone: "+441134960123",
    phoneAsSpoken: null,
    reason:
      "Sure, it's Sam Ortiz, call me on oh one one three, four nine six, oh one two three. My exhaust fell off.",
    source: "transcript",
  });
  expect(taken({ transcript, summary: "An exhaust fell off." })?.reason).toBe("An exhaust fell off.");
});

test.each([
  ["User: My name is Anne-Marie O’Neill and I need an MOT", "Anne-Marie O’Neill"],
  ["User: Hi, this is Zoë.", "Zoë"],
  ["User: It's about my car. I'm Jo", "Jo"],
  ["User: I'm calling about my car", null],
  ["User: It's Monday today", null],
  ["AI: My name is Ava", null],
])("%s names %s", (transcript, name) => {
  expect(taken({ transcript })?.name ?? null).toBe(name);
});

test("nothing said: the caller's number is all there is; withheld as well, there is nobody to ring", () => {
  expect(taken({})).toEqual({
    name: null,
    phone: CALLER,
    phoneAsSpoken: null,
    reason: null,
    source: "caller_id",
  });
  expect(taken({ callerNumber: undefined })).toBeUndefined();
  expect(taken({ callerNumber: undefined, structured: [{ callerName: "Sam" }] })).toMatchObject({
    name: "Sam",
    phone: null,
  });
});

test.each([
  ["my number is 0113 496 0123", ["01134960123"]],
  ["oh one one three, four nine six, oh one two three", ["01134960123"]],
  ["double oh four four one one three four nine six oh one double two", ["0044113496" + "0122"]],
  ["plus four four, seven seven double oh, nine hundred, one two three", ["+447700900123"]],
  ["it's 07700. 900. 123. Thank you", ["07700900123"]],
  ["call 0113 496 0123. I have 2 cars", ["01134960123"]],
  ["oh seven seven hundred", []],
  ["twenty two, forty, oh one two three four", ["224001234"]],
  ["plus 44 113 496 0123 or 0113 496 0199", ["+441134960123", "01134960199"]],
  ["I have two cars and one dog", []],
])("%j says %j", (text, numbers) => {
  expect(spokenNumbers(text)).toEqual(numbers);
});

test("nobody is rung back on the garage's own number, wherever it comes from", () => {
  const own = "0113 496 0500";
  expect(taken({ callerNumber: OWN, transcript: "User: Please call me about my exhaust." })).toMatchObject({
    phone: null,
    phoneAsSpoken: null,
    source: "transcript",
  });
  expect(taken({ structured: [{ callerName: "Sam", callbackNumber: own }] })).toMatchObject({
    phone: CALLER,
    phoneAsSpoken: null,
  });
  expect(taken({ transcript: `User: It's 0113 496 0123, I rang ${own}.` })).toMatchObject({
    phone: "+441134960123",
  });
  expect(taken({ callerNumber: OWN })).toBeUndefined();
});

/** Milliseconds of work, which do not grow when the machine is busy with others. */
function workOf(read: () => unknown): number {
  const before = process.cpuUsage();
  read();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

test.each<[string, Partial<TakenMessage>]>([
  ["a transcript of one introduction after the other", { transcript: `User: ${"i am ".repeat(10_000)}` }],
  ["one of introductions with names", { transcript: `User: ${"I'm A ".repeat(10_000)}` }],
  ["one of numbers", { transcript: "User: oh one one three, four nine six.\n".repeat(5_000) }],
  ["three million blanks", { transcript: `User: ${" ".repeat(3_000_000)}x` }],
  [
    "an analysis of two hundred thousand fields",
    {
      structured: Array.from({ length: 2_000 }, (_, n) =>
        Object.fromEntries(Array.from({ length: 100 }, (__, m) => [`field ${n} ${m}`, "none"])),
      ),
    },
  ],
  ["a reason of three million characters", { structured: [{ reason: "oh ".repeat(1_000_000) }] }],
])("%s is read in good time", (_, message) => {
  expect(workOf(() => taken(message))).toBeLessThan(400);
});

test("a very long text of digits is read in good time", () => {
  expect(spokenNumbers("oh one ".repeat(200_000))).toEqual([]);
});
