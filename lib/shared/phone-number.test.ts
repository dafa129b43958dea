import { expect, test } from "vitest";
import { countryOf, toE164 } from "./phone-number";

test.each([
  ["+441134960001", "+441134960001"],
  ["441134960001", "+441134960001"],
  ["0113 496 0001", "+441134960001"],
  ["07700 900123", "+447700900123"],
  ["+1 (202) 555-0143", "+12025550143"],
])("%j is %s", (text, expected) => {
  expect(toE164(text)).toBe(expected);
});

test.each([
  undefined,
  "",
  "anonymous",
  "80300",
  "999",
  "+266696687",
  "+7378742833",
  "+2562533",
  "+8656696",
  "+86282452253",
  "1234567890123456789",
  "x".repeat(5_000_000),
  "+44\u0000",
])("nobody can dial %s", (text) => {
  expect(toE164(text)).toBeUndefined();
});

test("a number without a country code is read as the caller's country writes it, if it exists there", () => {
  expect(toE164("2025550198", ["US"])).toBe("+12025550198");
  expect(toE164("0113 496 0123", ["US", "GB"])).toBe("+441134960123");
  expect(countryOf("+12025550143")).toBe("US");
  expect(countryOf(undefined)).toBeUndefined();
});
