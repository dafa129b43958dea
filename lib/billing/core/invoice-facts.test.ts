import { expect, test } from "vitest";
import { billingPeriod } from "@/lib/credits/core/billing-cycle";
import { isPaidFor } from "./invoice-facts";

/** From 8 December, London, to 8 January. */
const period = billingPeriod(new Date("2026-12-20T12:00:00Z"), new Date("2026-11-08T15:00:00Z"));
const invoice = (from: string, to: string, status = "paid") => ({
  status,
  covers: { from: new Date(from), to: new Date(to) },
});

test.each([
  [
    "its own month, which Stripe bills from an hour of its first day",
    "2026-12-08T15:00Z",
    "2027-01-08T15:00Z",
    true,
  ],
  ["a year around it", "2026-11-08T15:00Z", "2027-11-08T15:00Z", true],
  [
    "the month before, whose last hours reach into its first day",
    "2026-11-08T15:00Z",
    "2026-12-08T15:00Z",
    false,
  ],
  ["a time that begins on its second day", "2026-12-09T00:00Z", "2027-01-09T00:00Z", false],
  ["the month after", "2027-01-08T15:00Z", "2027-02-08T15:00Z", false],
])("an invoice of %s", (_, from, to, paysFor) => {
  expect(isPaidFor(period, [invoice(from, to)])).toBe(paysFor);
});

test("an invoice that is not paid, or bills changes alone, pays for nothing; one of several is enough", () => {
  const [from, to] = ["2026-12-08T15:00Z", "2027-01-08T15:00Z"];
  const nothing = [invoice(from, to, "open"), invoice(from, to, "void"), { status: "paid", covers: null }];
  expect(isPaidFor(period, [])).toBe(false);
  expect(isPaidFor(period, nothing)).toBe(false);
  expect(isPaidFor(period, [...nothing, invoice(from, to)])).toBe(true);
});
