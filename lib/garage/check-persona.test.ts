import { expect, test } from "vitest";
import { checkGreeting } from "./check-persona";

test.each([
  "Have a great day, goodbye",
  "Hello. HAVE A GREAT DAY, GOODBYE!",
  "Have a great  day, goodbye",
  "Have a great\nday,\r\n\tgoodbye",
  "Have a\u00A0great day, goodbye",
  "Have a great day,\u202E goodbye",
  "Have a gre\u200Bat day, good\u00ADbye",
  "Have a great day\0, goodbye\uD83D",
  "Ｈave a great day, goodbye",
])("a greeting that would end its own call is refused: %j", (greeting) => {
  expect(checkGreeting(greeting)).toMatch(/end a call/);
});

test.each(["Thank you for calling. How can I help?", "Good day! You have reached a great garage."])(
  "the greeting %j is taken",
  (greeting) => {
    expect(checkGreeting(greeting)).toBeUndefined();
  },
);
