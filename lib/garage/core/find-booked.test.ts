import { expect, test } from "vitest";
import { bookingKeyOf, findBooked } from "./find-booked";

const NINE = new Date("2026-12-08T09:00:00Z");
const TEN = new Date("2026-12-08T10:00:00Z");
const kept = (service: string, registration: string | null, startsAt = NINE) => ({
  bookingKey: bookingKeyOf({ service, registration }),
  registration,
  startsAt,
});
const mot = (registration: string | null, startsAt = NINE) => kept("MOT", registration, startsAt);
const ask = (registration: string | null, startsAt = NINE) => ({ service: " mot", registration, startsAt });

test("the same service is the same booking, where no other vehicle is named", () => {
  for (const [had, asked] of [
    [null, null],
    [null, "AB12CDE"],
    ["AB12CDE", null],
    ["AB12CDE", "AB12CDE"],
  ] as const)
    expect(findBooked([kept("Tyres", asked), mot(had)], ask(asked, TEN))).toEqual(mot(had));
});

test("another service, and another vehicle, are other bookings", () => {
  expect(findBooked([kept("MOT and service", null)], ask(null))).toBeUndefined();
  expect(findBooked([mot("AB12CDE")], ask("XY34ZZZ"))).toBeUndefined();
});

test("of two vehicles the named one is meant, else the one of that time, else neither", () => {
  const both = [mot("AB12CDE"), mot("XY34ZZZ", TEN)];
  expect(findBooked(both, ask("XY34ZZZ"))).toBe(both[1]);
  expect(findBooked(both, ask(null, TEN))).toBe(both[1]);
  expect(findBooked(both, ask(null, new Date("2026-12-08T11:00:00Z")))).toBeUndefined();
});
