import { expect, test } from "vitest";
import { groupCallBacks } from "./group-call-backs";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 14, minute));
const one = (id: string, phone: string | null, doneAt: Date | null = null) => ({ id, phone, doneAt });

test("open call-backs of one number stand together, in the place of the first of them", () => {
  const groups = groupCallBacks([
    one("a", "1"),
    one("b", null),
    one("c", "2"),
    one("d", "1"),
    one("e", null),
    one("f", "1", at(1)),
    one("g", "1", at(1)),
    one("h", "1", at(2)),
  ]);
  expect(groups.map((group) => group.map(({ id }) => id).join(""))).toEqual(["ad", "b", "c", "e", "fg", "h"]);
});
