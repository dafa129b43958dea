import { expect, test } from "vitest";
import type { CallDto } from "@/lib/calls/client";
import { changeText, lengthText, liveStatus, rangText, waitingText } from "./words";

const call = (status: CallDto["status"], durationSeconds: number | null = null) =>
  ({ status, durationSeconds }) as CallDto;

test("a call whose end nobody told is not on the phone: its end is unknown", () => {
  expect(
    ["ringing", "in-progress", "forwarding"].map((status) => liveStatus(status as CallDto["status"])),
  ).toEqual(["Ringing", "On the phone", "Being forwarded"]);
  expect([liveStatus("end-unknown"), lengthText(call("end-unknown"))]).toEqual([null, "End unknown"]);
  expect([liveStatus("ended"), lengthText(call("ended", 252)), lengthText(call("ended"))]).toEqual([
    null,
    "4 min 12 s",
    null,
  ]);
});

test("who waits is said with how long the longest does", () => {
  const now = new Date("2026-11-26T14:10:00Z");
  const since = "2026-11-26T12:00:00Z";
  expect(waitingText(0, null, now)).toBeNull();
  expect(waitingText(1, since, now)).toBe("1 waiting for 2 h 10 min");
  expect(waitingText(3, since, now)).toBe("3 waiting, the longest for 2 h 10 min");
});

test("who rang once is not said to have rung", () => {
  const rang = (times: number) =>
    rangText({
      calls: Array.from({ length: times }, () => ({
        ...{ id: "1", callId: null, name: null, reason: null, createdAt: "" },
      })),
    });
  expect([1, 2, 3].map(rang)).toEqual([null, "rang twice", "rang 3 times"]);
});

test("a figure is compared with last week’s, unless there was none", () => {
  expect([changeText(5, 2), changeText(2, 5), changeText(5, 5), changeText(5, 0)]).toEqual([
    "+3",
    "−3",
    "same",
    null,
  ]);
});
