import { expect, test } from "vitest";
import { ownPath, signInPath } from "./own-path";

test.each([
  ["a page", "/messages", "/messages"],
  ["a page with a query", "/settings/billing?checkout=success&session_id=cs_1", undefined],
  ["nothing", undefined, "/"],
  ["several", ["/a", "/b"], "/"],
  ["another site", "https://example.com/", "/"],
  ["another site without a scheme", "//example.com", "/"],
  ["with a backslash", "/\\example.com", "/"],
  ["with a tab between the slashes", "/\t/example.com", "/"],
  ["with dots between the slashes", "/.//example.com", "/"],
  ["with a page and dots between the slashes", "/voice/..//example.com", "/"],
  ["a script", "javascript:alert(1)", "/"],
  ["the API", "/api/auth/sign-out", "/"],
  ["the sign-in page itself", "/sign-in?next=/sign-in", "/"],
])("%s", (_, given, expected) => {
  expect(ownPath(given)).toBe(expected ?? given);
});

test("the sign-in page keeps where somebody was going", () => {
  expect(signInPath("/voice")).toBe("/sign-in?next=%2Fvoice");
  expect([signInPath("/"), signInPath(null), signInPath("//example.com")]).toEqual(Array(3).fill("/sign-in"));
});
