import { expect, test } from "vitest";
import { searchTerms } from "./search-terms";

test.each([
  ["07700 900621", "n447700900621:* | r12600900770:*"],
  ["+44 (0)7700-900.621", "n447700900621:*"],
  ["0044 7700 900621", "n447700900621:* | r12600900774400:*"],
  ["0621", "n44621:* | r1260:*"],
  ["62", null],
  ["room 621", null],
])("%s is looked for as a number: %s", (typed, number) => {
  expect(searchTerms(typed)?.number).toBe(number);
});

test.each([
  ["Morag  O’Dowd", "'morag':* & 'o':* & 'dowd':*"],
  ["fd13kwm", "('fd13kwm':* | ('fd13' & 'kwm':*))"],
  ["FD13 KWM clutch", "('fd13kwm':* | ('fd13' & 'kwm':*)) & 'clutch':*"],
  ["fd13 k", "('fd13k':* | ('fd13' & 'k':*))"],
  ["fd13 kwmx", "'fd13':* & 'kwmx':*"],
  ["a & b | !c <-> 'd':*", "'a':* & 'b':* & 'c':* & 'd':*"],
  ["Siobhán", "'siobhán':*"],
])("%s is looked for as words: %s", (typed, words) => {
  expect(searchTerms(typed)?.words).toBe(words);
});

test("nothing typed that could be found is no search; what is endless is cut", () => {
  expect([searchTerms(""), searchTerms("  ' & ")]).toEqual([undefined, undefined]);
  expect(searchTerms("word ".repeat(1_000))?.words?.split(" & ")).toHaveLength(8);
});
