import { describe, expect, test } from "vitest";
import { fillIn, firstGap, matching, slashBefore } from "./placeholders";

const known = { firstName: "Chloe", garage: "Brightside Motors", vehicle: null };

describe("placeholders", () => {
  test("what is known is filled in, everywhere; the rest stays for the advisor", () => {
    const body = "Hi {firstName}, your {vehicle} is ready. {firstName}, see you at {garage}. {other}";
    const filled = "Hi Chloe, your {vehicle} is ready. Chloe, see you at Brightside Motors. {other}";
    expect(fillIn(body, known)).toBe(filled);
    expect(firstGap(filled)).toEqual({ mark: "{vehicle}", from: 15, to: 24 });
    expect(firstGap("Braces { } and {other} are the customer’s to read")).toBeNull();
  });

  test("a value that looks like a placeholder is not one", () => {
    expect(fillIn("{firstName}", { ...known, firstName: "$&" })).toBe("$&");
  });
});

describe("a slash", () => {
  test.each([
    ["/", 1, "", 0],
    ["/Op", 3, "op", 0],
    ["Hello /mot-2", 12, "mot-2", 6],
    ["line\n/x later", 7, "x", 5],
  ])("in %j opens the canned responses", (text, cursor, query, from) => {
    expect(slashBefore(text, cursor)).toEqual({ query, from, to: cursor });
  });

  test.each([
    ["and/or", 6],
    ["https://a", 9],
    ["24/7", 4],
    ["/done now", 9],
    ["", 0],
  ])("in %j does not", (text, cursor) => {
    expect(slashBefore(text, cursor)).toBeNull();
  });

  test("filters: shortcuts that begin so first, then whatever holds it", () => {
    const all = [
      { shortcut: "hours", body: "We open at 8" },
      { shortcut: "after-hours", body: "We are closed" },
      { shortcut: "mot", body: "In opening Hours" },
      { shortcut: "price", body: "£45" },
    ];
    expect(matching(all, "hours").map(({ shortcut }) => shortcut)).toEqual(["hours", "after-hours", "mot"]);
    expect(matching(all, "")).toHaveLength(4);
  });
});
