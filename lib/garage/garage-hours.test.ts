import { expect, test } from "vitest";
import { USUAL_WEEK } from "./core/opening-hours";
import { sayGarageHours } from "./garage-hours";

const AT = new Date("2026-11-26T10:00:00Z");
const closures = [
  { from: "2026-12-25", to: "2026-12-25", name: "Christmas" },
  { from: "2026-11-01", to: "2026-11-02", name: "over" },
];

test("closures are told with structured hours, with written ones, and where no hours were said", () => {
  const told = (given: Partial<Parameters<typeof sayGarageHours>[0]>, usual?: string) =>
    sayGarageHours({ week: null, written: null, closures, ...given }, AT, usual);
  expect(told({ week: USUAL_WEEK })).toBe("Mon–Sat 08:00–18:00; closed on 25 December (Christmas)");
  expect(told({ written: "by appointment" })).toBe("by appointment; closed on 25 December (Christmas)");
  expect(told({})).toBe("closed on 25 December (Christmas)");
  expect(told({}, "Monday to Saturday")).toBe("Monday to Saturday; closed on 25 December (Christmas)");
  expect(told({ closures: [] })).toBeUndefined();
});
