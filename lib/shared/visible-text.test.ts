import { describe, expect, test } from "vitest";
import { isVisible, visibleName, visibleText } from "./visible-text";

describe("nothing visible is no name", () => {
  test.each([
    ["nothing", ""],
    ["spaces of many kinds", " \t\n\u00A0\u2003\u3000"],
    ["a Hangul filler", "\u3164"],
    ["zero-width space and joiner", "\u200B\u200D"],
    ["a byte order mark and a soft hyphen", "\uFEFF\u00AD"],
    ["a blank Braille pattern", "\u2800"],
    ["direction marks alone", "\u202E\u2066\u2069"],
    ["tag characters and variation selectors", "\u{E0041}\uFE0F"],
    ["controls", "\u0000\u0007"],
  ])("%s", (_, text) => {
    expect(isVisible(text)).toBe(false);
    expect(visibleName(text)).toBeUndefined();
    expect(visibleText(text)).toBeUndefined();
  });
});

describe("a name stays as it was typed", () => {
  test.each(["Jo", "Łódź Motors", "Robin’s Autos", "Café 🚗", "李小龙", "محمد", "👩‍🔧 Ann", "می‌خواهم"])(
    "%s",
    (name) => {
      expect(visibleName(name)).toBe(name);
    },
  );
});

test("direction marks are removed: “Kim \\u202Egpj.exe” reads as it is spelled", () => {
  expect(visibleName("Kim \u202Egpj.exe")).toBe("Kim gpj.exe");
});

test("a name is one line", () => {
  expect(visibleName("  Ann\r\n\t  Marsh\u0000 ")).toBe("Ann Marsh");
});

test("half a character in a name becomes one that can be stored", () => {
  expect(visibleName("Ann\uD83D Marsh \uDE97")).toBe("Ann\uFFFD Marsh \uFFFD");
});

test("a text keeps its lines and its direction, and loses what cannot be stored", () => {
  expect(visibleText(" One\n\n\u200Ftwo\u0000\uD83D ")).toBe("One\n\n\u200Ftwo\uFFFD");
});
