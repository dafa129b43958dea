import { describe, expect, test } from "vitest";
import { cannedReply } from "@/lib/inbox/core/canned-reply";
import { readConsent } from "@/lib/inbox/core/consent-words";
import { countSegments, segmentsOf } from "./segments";

describe("consent", () => {
  test.each([
    ...["STOP", "stop", " Stop\n", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"].map(
      (word) => [word, "opt_out"],
    ),
    ...["START", "unstop"].map((word) => [word, "opt_in"]),
    ["yes", "yes"],
  ])("%j is %s", (body, word) => {
    expect(readConsent(body, undefined)).toBe(word);
  });

  test.each([
    "HELP",
    "info",
    "STOP PLEASE",
    "stop.",
    "please stop",
    "YES!",
    "",
    "  ",
    "ＳＴＯＰ",
    "cancel my booking",
  ])("%j is no word", (body) => {
    expect(readConsent(body, undefined)).toBeUndefined();
  });

  test.each([
    ["quatsch", "STOP", "opt_out"],
    ["STOP", "START", "opt_in"],
    ["STOP", "HELP", undefined],
    ["STOP", "SOMETHING", "opt_out"],
    ["hello", "", undefined],
  ])("%j with Twilio's verdict %j is %s", (body, verdict, word) => {
    expect(readConsent(body, verdict)).toBe(word);
  });
});

describe("segments", () => {
  test("the canned reply is one", () => {
    expect(countSegments(cannedReply("sms", { name: "A", phone: null, portalUrl: null }))).toBe(1);
  });

  test.each([
    ["a".repeat(160), 1],
    ["a".repeat(161), 2],
    ["a".repeat(307), 3],
    ["€".repeat(80), 1],
    ["€".repeat(81), 2],
    ["’".repeat(160), 1],
    ["😀".repeat(35), 1],
    ["😀".repeat(36), 2],
  ])("%j", (body, segments) => {
    expect(countSegments(body)).toBe(segments);
  });

  test.each([
    ["2", 2],
    ["0", 1],
    ["", 1],
    ["-1", 1],
    [undefined, 1],
  ])("Twilio's %j counts as %i", (told, segments) => {
    expect(segmentsOf(told, "Hi")).toBe(segments);
  });
});
