import { expect, test } from "vitest";
import { standingOf } from "./standing";

const BEGAN = new Date("2026-11-21T10:00:00Z");
const after = (minutes: number) => new Date(BEGAN.getTime() + minutes * 60_000);

test.each(["ringing", "in-progress", "forwarding"] as const)(
  "a call that is %s stands so while one may last, and its end is unknown from then on",
  (status) => {
    expect(standingOf(status, BEGAN, after(0))).toBe(status);
    expect(standingOf(status, BEGAN, after(17))).toBe(status);
    expect(standingOf(status, BEGAN, after(17.01))).toBe("end-unknown");
    expect(standingOf(status, BEGAN, after(60 * 24 * 400))).toBe("end-unknown");
  },
);

test("a call that ended has ended, however long ago", () => {
  expect(standingOf("ended", BEGAN, after(60 * 24))).toBe("ended");
});
