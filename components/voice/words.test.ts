import { expect, test } from "vitest";
import type { CallDto } from "@/lib/calls/client";
import { lengthText, liveStatus } from "./words";

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
