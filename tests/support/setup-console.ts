import { afterAll, afterEach, beforeEach, expect } from "vitest";

/** What reached console.error during the present test. */
const seen: string[] = [];
const expected: RegExp[] = [];

const print = console.error;
console.error = (...parts: unknown[]) => {
  const text = parts.map(String).join(" ");
  seen.push(text);
  if (!expected.some((pattern) => pattern.test(text))) print.apply(console, parts);
};
afterAll(() => {
  console.error = print;
});

/** Allows, and demands, output on console.error that matches, in the present test. */
export function expectConsoleError(pattern: RegExp): void {
  expected.push(pattern);
}

beforeEach(() => {
  seen.length = 0;
  expected.length = 0;
});

afterEach(() => {
  const surprises = seen.filter((text) => !expected.some((pattern) => pattern.test(text)));
  expect(surprises, "unexpected output on console.error").toEqual([]);
  for (const pattern of expected) expect(seen.join("\n"), "expected on console.error").toMatch(pattern);
});
