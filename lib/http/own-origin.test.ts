import { expect, test } from "vitest";
import { ownOrigins, refuseForeignOrigin } from "./own-origin";

test("the configured address is our only origin; on this machine it has three names", () => {
  expect(ownOrigins("https://app.torqueflow.co.uk/")).toEqual(["https://app.torqueflow.co.uk"]);
  expect(ownOrigins("http://127.0.0.1:3000")).toEqual([
    "http://localhost:3000",
    "http://127.0.0.1:3000",
    "http://[::1]:3000",
  ]);
});

const refusal = (headers: Record<string, string>) => {
  try {
    refuseForeignOrigin(new Headers(headers));
    return null;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

test.each<[string, Record<string, string>, string | null]>([
  ["our own page", { origin: "http://127.0.0.1:3000" }, null],
  ["our own page under the machine's other name", { origin: "http://localhost:3000" }, null],
  ["a program, which names no origin", {}, null],
  ["another port of the same machine", { origin: "http://127.0.0.1:9888" }, "foreign_origin"],
  ["a sandboxed frame or a local file", { origin: "null" }, "foreign_origin"],
  ["another site", { origin: "https://example.com" }, "foreign_origin"],
  ["a name that only begins like ours", { origin: "http://127.0.0.1:3000.example.com" }, "foreign_origin"],
  ["a browser that hides the origin", { "sec-fetch-site": "same-site" }, "foreign_origin"],
])("%s", (_, headers, code) => {
  expect(refusal(headers)).toBe(code);
});
