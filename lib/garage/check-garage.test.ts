import { expect, test } from "vitest";
import { checkClosure, checkPhone, checkService, checkWeek, readPortal } from "./check-garage";
import { USUAL_WEEK } from "./core/opening-hours";

test.each([
  ["https://brightside.example", "https://brightside.example"],
  [" HTTPS://Brightside.Example/ ", "https://brightside.example"],
  ["https://brightside.example/book?via=ai", "https://brightside.example/book?via=ai"],
  // What looks like another name is shown as what it is.
  ["https://brіghtside.example", "https://xn--brghtside-w9h.example"],
  ["https://my-garage.co.uk", "https://my-garage.co.uk"],
  ["https://corp.home-garage.co.uk", "https://corp.home-garage.co.uk"],
  ["", ""],
])("the portal %j is stored as %j", (typed, url) => {
  expect(readPortal(typed)).toEqual({ url });
});

test.each([
  ["http://brightside.example", /https/],
  ["brightside.example", /https/],
  ["javascript:alert(1)", /https/],
  ["https://user:pass@brightside.example", /name and password/],
  ["https://brightside@evil.example", /name and password/],
  ["https://192.168.0.1", /not a number/],
  ["https://0x7f.1/", /not a number/],
  ["https://2130706433", /not a number/],
  ["https://[::1]/", /not a number/],
  ["https://localhost", /public/],
  ["https://portal.localhost./", /public/],
  ["https://portal.internal", /public/],
  ["https://portal", /public/],
  ["https://x.corp", /public/],
  ["https://portal.HOME", /public/],
  ["https://a.home.arpa", /public/],
  ["https://a.onion./", /public/],
  ["https://a.invalid", /public/],
  ["https://a.test", /public/],
  ["https://a..co", /no web address/],
  ["https://.co", /no web address/],
  ["https://a.co..", /no web address/],
  ["https://-.co", /no web address/],
  ["https://-a.co", /no web address/],
  ["https://a-.co", /no web address/],
  [`https://${"a".repeat(64)}.co`, /no web address/],
  ["https://", /no web address/],
  ["https://bright side.example", /no web address/],
  [`https://brightside.example/${"a".repeat(200)}`, /200/],
])("the portal %j is refused", (typed, problem) => {
  expect(readPortal(typed)).toEqual({ problem: expect.stringMatching(problem) });
});

test.each([
  ["", true],
  ["0113 496 0001", true],
  ["+44 (0)113 496 0001", true],
  ["07700 900123", true],
  ["0113 496", false],
  ["call us", false],
  ["+1 202 555 0142", false],
  ["0113 496 0001 ext 5", false],
])("the telephone %j can be given to customers: %j", (typed, isFine) => {
  expect(checkPhone(typed) === undefined).toBe(isFine);
});

/** A refusal says what to do, and does not read as a statement of how things are. */
const TO_DO = /^(Enter|Choose) /;

test("a day has times in their order, apart from each other, and clear of the night before", () => {
  const monday = (...spans: [string, string][]) =>
    checkWeek({ ...USUAL_WEEK, mon: spans.map(([from, to]) => ({ from, to })) });
  expect(monday(["08:00", "12:00"], ["13:00", "17:00"])).toEqual({});
  expect(monday(["20:00", "02:00"])).toEqual({});
  for (const wrong of [
    [],
    [["08:00", "08:00"]],
    [["8", "12:00"]],
    [["08:00", "24:00"]],
    [["", ""]],
    [
      ["08:00", "12:00"],
      ["12:00", "17:00"],
    ],
    [
      ["20:00", "02:00"],
      ["21:00", "23:00"],
    ],
    [
      ["08:00", "09:00"],
      ["10:00", "11:00"],
      ["12:00", "13:00"],
    ],
  ] as [string, string][][])
    expect(monday(...wrong), JSON.stringify(wrong)).toEqual({ mon: expect.stringMatching(TO_DO) });
  expect(monday(["22:00", "09:00"])).toEqual({ tue: expect.stringContaining("goes on until 09:00") });
  const sunday = { ...USUAL_WEEK, sun: [{ from: "20:00", to: "09:00" }] };
  expect(Object.keys(checkWeek(sunday))).toEqual(["mon"]);
  expect(Object.keys(checkWeek({ ...sunday, mon: "24h" }))).toEqual(["mon"]);
  expect(checkWeek({ ...sunday, mon: "closed" })).toEqual({});
});

test("a closure has days that exist, in their order, not too far and not too long", () => {
  const wrong = (from: string, to: string, name = "") => checkClosure({ from, to, name }, "2026-11-26")?.part;
  expect(wrong("2026-12-25", "2026-12-26", "Christmas")).toBeUndefined();
  expect(wrong("2026-11-01", "2026-11-02")).toBeUndefined();
  expect(wrong("2026-02-30", "2026-03-01")).toBe("from");
  expect(wrong("", "")).toBe("from");
  expect(wrong("0000-01-01", "0000-01-02")).toBe("from");
  expect(wrong("2026-12-26", "2026-12-25")).toBe("to");
  expect(wrong("2026-12-25", "2028-12-25")).toBe("to");
  expect(wrong("2029-12-25", "2029-12-25")).toBe("from");
  expect(wrong("2026-12-25", "2026-12-25", "x".repeat(61))).toBe("name");
  for (const [from, to] of [
    ["2026-12-26", "2026-12-25"],
    ["2026-12-25", "2028-12-25"],
    ["2029-12-25", "2029-12-25"],
  ] as const)
    expect(checkClosure({ from, to, name: "" }, "2026-11-26")?.problem).toMatch(TO_DO);
});

test("a service is named once, and seen", () => {
  expect(checkService("MOT", [])).toBeUndefined();
  expect(checkService(" m o t", ["M O  T"])).toBeDefined();
  expect(checkService("mo\u200bt", ["ＭＯＴ"])).toBeDefined();
  expect(checkService("\u200b", [])).toBeDefined();
  expect(checkService("x".repeat(61), [])).toBeDefined();
});
