import { expect, test } from "vitest";
import { offerPacks } from "./pack-offer";

const pack = (id: string, credits: number, pricePence: number) => ({ id, name: id, credits, pricePence });
const best = (...packs: Parameters<typeof offerPacks>[0]) =>
  offerPacks(packs).flatMap((offer) => (offer.bestValue ? [offer.id] : []));

test.each([
  [1_000, 1_000, "1.0p per credit"],
  [5_000, 4_500, "0.9p per credit"],
  [20_000, 16_000, "0.8p per credit"],
  [1_000, 850, "0.85p per credit"],
  [3_000, 1_000, "0.33p per credit"],
  [100, 1_250, "12.5p per credit"],
])("%i credits for %i pence are %s", (credits, pricePence, text) => {
  expect(offerPacks([pack("one", credits, pricePence)])[0]?.perCreditText).toBe(text);
});

test("of several packs the one with the lowest cost per credit is the best value", () => {
  expect(
    best(pack("small", 1_000, 1_000), pack("large", 20_000, 16_000), pack("middle", 5_000, 4_500)),
  ).toEqual(["large"]);
});

test("of equals the first is, and of one alone none", () => {
  expect(best(pack("first", 1_000, 1_000), pack("second", 2_000, 2_000))).toEqual(["first"]);
  expect(best(pack("only", 1_000, 1_000))).toEqual([]);
});

test("a difference that the text does not show still decides", () => {
  expect(best(pack("a", 3_000, 1_000), pack("b", 30_000, 9_999))).toEqual(["b"]);
});
