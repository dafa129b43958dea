import { expect, test } from "vitest";
import { readInstant } from "./instant";

const AT = new Date("2026-11-21T10:00:05Z");

test.each<[string, unknown]>([
  ["seconds", 1_795_255_205],
  ["milliseconds", 1_795_255_205_000],
  ["seconds in text", "1795255205"],
  ["milliseconds in text", "1795255205000"],
  ["ISO text", "2026-11-21T10:00:05Z"],
  ["ISO text with an offset", "2026-11-21T11:00:05+01:00"],
])("an instant is read from %s", (_, value) => {
  expect(readInstant(value)).toEqual(AT);
});

test("fractions are cut to the millisecond before", () => {
  expect(readInstant(1_795_255_205.25)).toEqual(new Date(AT.getTime() + 250));
  expect(readInstant(1_795_255_205_250.9)).toEqual(new Date(AT.getTime() + 250));
});

test.each([
  undefined,
  null,
  "",
  "soon",
  "-1795255205",
  -1,
  0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e308,
  "9".repeat(100_000),
  {},
  [1_795_255_205],
  true,
  new Date(AT),
])("%j is no instant", (value) => {
  expect(readInstant(value)).toBeUndefined();
});
