import { expect, it } from "vitest";
import { fromCursor, toCursor } from "./conversation-page";

const PLACE = {
  needsAttention: true,
  sortedAt: new Date("2026-11-26T02:00:00.123Z"),
  id: "01a2159a-4982-732c-a553-ce00d35a0213",
};

it("a cursor leads back to its place, to the millisecond", () => {
  expect(fromCursor(toCursor(PLACE))).toEqual(PLACE);
  expect(fromCursor(toCursor({ ...PLACE, needsAttention: false }))).toEqual({
    ...PLACE,
    needsAttention: false,
  });
});

it("nothing else is a cursor", () => {
  const cursor = toCursor(PLACE);
  for (const other of ["", cursor.slice(1), `${cursor}0`, cursor.replace("1.", "2."), cursor.toUpperCase()])
    expect([other, fromCursor(other)]).toEqual([other, undefined]);
});
