import { expect, it } from "vitest";
import { checkCannedResponse, MAX_CANNED_RESPONSE, MAX_SHORTCUT } from "./check-canned-response";

it.each([
  ["/Opening-Hours", "opening-hours"],
  [" ready ", "ready"],
  ["mot-2", "mot-2"],
  ["a".repeat(MAX_SHORTCUT), "a".repeat(MAX_SHORTCUT)],
])("%s is typed as /%s", (shortcut, kept) => {
  const body = " Hi {firstName}, your {vehicle} is ready. {garage} ";
  expect(checkCannedResponse({ shortcut, body })).toEqual({ shortcut: kept, body: body.trim() });
});

it.each([
  ["shortcut", "", "Hi"],
  ["shortcut", "/", "Hi"],
  ["shortcut", "opening hours", "Hi"],
  ["shortcut", "öffnung", "Hi"],
  ["shortcut", "-hours", "Hi"],
  ["shortcut", "hours--late", "Hi"],
  ["shortcut", "//hours", "Hi"],
  ["shortcut", "a".repeat(MAX_SHORTCUT + 1), "Hi"],
  ["body", "hours", "   "],
  ["body", "hours", "a".repeat(MAX_CANNED_RESPONSE + 1)],
  ["body", "hours", "Hi {fistName}"],
  ["body", "hours", "Hi {}"],
  ["body", "hours", "Hi {{firstName }}"],
  ["body", "hours", "Hi {{firstName}}"],
  ["body", "hours", "Hi {firstName"],
  ["body", "hours", "Hi firstName}"],
])("is refused for its %s: %j, %j", (field, shortcut, body) => {
  const refused = expect.objectContaining({ code: "invalid_input", field });
  expect(() => checkCannedResponse({ shortcut, body })).toThrow(refused);
});
