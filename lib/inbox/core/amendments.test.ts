import { expect, it } from "vitest";
import { type Amendment, amend } from "./amendments";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 10, 0, seconds));
const edit = (seconds: number, body: string, refersTo = "m1"): Amendment => ({
  type: "edit",
  refersTo,
  body,
  at: at(seconds),
});
const revoke = (seconds: number): Amendment => ({
  type: "revoke",
  refersTo: "m1",
  body: "",
  at: at(seconds),
});
const message = { providerId: "m1", body: "Wednesday" };

it.each<[string, Amendment[], { body: string; editedAt: Date | null; revokedAt: Date | null }]>([
  [
    "nothing was said of it",
    [edit(1, "Friday", "m2")],
    { body: "Wednesday", editedAt: null, revokedAt: null },
  ],
  [
    "the latest edit counts",
    [edit(20, "Tuesday"), edit(10, "Monday")],
    { body: "Tuesday", editedAt: at(20), revokedAt: null },
  ],
  [
    "of two in one second the later to come",
    [edit(10, "Monday"), edit(10, "Tuesday")],
    { body: "Tuesday", editedAt: at(10), revokedAt: null },
  ],
  [
    "withdrawn stays withdrawn",
    [revoke(5), edit(10, "Monday")],
    { body: "Monday", editedAt: at(10), revokedAt: at(5) },
  ],
])("%s", (_, amendments, amended) => {
  expect(amend(message, amendments)).toEqual(amended);
});
