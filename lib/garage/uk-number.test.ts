import { expect, test } from "vitest";
import { isUkMobile, isUkNumber } from "./uk-number";

test.each([
  ["+447412012345", "a mobile", true, true],
  ["+447700900123", "a mobile for drama", true, true],
  ["+441914980123", "a landline", true, false],
  ["+441134960001", "a landline for drama", true, false],
  ["+447640123456", "a pager", true, false],
  ["+447012345678", "a personal number", true, false],
  ["+447797712345", "Jersey", false, false],
  ["+447781123456", "Guernsey", false, false],
  ["+447911123456", "Guernsey, in a UK range", false, false],
  ["+447624123456", "the Isle of Man", false, false],
  ["+441534123456", "a landline in Jersey", false, false],
  ["+441624999999", "a landline on the Isle of Man", false, false],
  ["+12025550142", "the United States", false, false],
  ["+353851234567", "Ireland", false, false],
  ["+881612345678", "a satellite", false, false],
  ["+882161234567", "a satellite network", false, false],
  ["+2525012345", "Somalia", false, false],
])("%s, %s: rung %j, written to %j", (number, _, isRung, isWrittenTo) => {
  expect([isUkNumber(number), isUkMobile(number)]).toEqual([isRung, isWrittenTo]);
});
