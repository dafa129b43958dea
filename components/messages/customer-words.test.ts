import { expect, it, test } from "vitest";
import { motText, plateText, workText } from "./customer-words";

test.each([
  ["2026-12-03", "2026-11-26T12:00:00Z", "MOT due 3 Dec 2026"],
  ["2026-11-26", "2026-11-26T23:59:00Z", "MOT due 26 Nov 2026"],
  ["2026-11-26", "2026-11-27T00:00:00Z", "MOT overdue since 26 Nov 2026"],
  // In summer London's day begins an hour before the one of UTC.
  ["2026-07-01", "2026-07-01T22:59:00Z", "MOT due 1 Jul 2026"],
  ["2026-07-01", "2026-07-01T23:00:00Z", "MOT overdue since 1 Jul 2026"],
])("an MOT due on %s, at %s", (motDue, now, text) => {
  expect(motText(motDue, new Date(now))).toEqual({ text, isOverdue: text.includes("overdue") });
});

it("a registration is written as on its plate", () => {
  expect(["YK18FHD", "A123BCD", "OWN1"].map(plateText)).toEqual(["YK18 FHD", "A123BCD", "OWN1"]);
});

it("a work order says what it does, and when the vehicle is ready", () => {
  const now = new Date("2026-11-26T12:00:00Z");
  const readyAt = "2026-11-26T16:00:00Z";
  const texts = [
    { title: "", status: "in_progress", readyAt },
    { title: "", status: "ready", readyAt },
    { title: "", status: "waiting_parts", readyAt: null },
  ].map((work) => workText(work, now));
  expect(texts).toEqual([
    "In progress, ready 26 November, 16:00",
    "Ready to collect since 26 November, 16:00",
    "Waiting for parts",
  ]);
});
