import { expect, test } from "vitest";
import { securityHeaders } from "./security-headers";

test("what customers send in runs nothing, loads nothing, and is no other site's to show", () => {
  expect(securityHeaders({ path: "/api/messages/media/0190", https: true })).toMatchObject({
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-cache",
  });
  expect(securityHeaders({ path: "/api/messages/media/0190/fetch", https: true })["cache-control"]).toBe(
    "no-store",
  );
});
