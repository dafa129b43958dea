import { expect, it, test } from "vitest";
import { numberForms, registrationForm } from "./search-forms";

test.each([
  ["07700 900123", ["+447700900123"]],
  ["+44 (0)7700 900123", ["+447700900123"]],
  ["0044 7700", ["+447700"]],
  ["+44 7700", ["+447700"]],
  ["(0113) 496-0000", ["+441134960000"]],
  ["447700", ["+447700"]],
])("%s is how a number begins", (text, beginnings) => {
  expect(numberForms(text)?.beginnings).toEqual(beginnings);
});

it("digits alone may be a number’s last ones", () => {
  expect(numberForms("900123")?.endReversed).toBe("321009");
  expect(numberForms("+900123")?.endReversed).toBeNull();
});

it("words, two digits and endless digits are no number", () => {
  for (const text of ["Golf 2", "12", "", "1".repeat(16)])
    expect([text, numberForms(text)]).toEqual([text, undefined]);
});

it("a registration is read with spaces or without, and while it is typed", () => {
  expect(registrationForm("fd13 kwm")).toBe("FD13KWM");
  expect(registrationForm("FD1")).toBe("FD1");
  for (const text of ["brakes", "07700", "FD", "FD13 KWM is here"])
    expect([text, registrationForm(text)]).toEqual([text, undefined]);
});
