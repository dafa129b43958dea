import fc from "fast-check";
import { expect, it } from "vitest";
import { wholeShortfall, wholeUsage, wholeUsageParts } from "./money";

const micro = (credits: number): bigint => BigInt(Math.round(credits * 1_000_000));

it("parts of a usage go to the largest remainders, and add up to the rounded total", () => {
  expect(wholeUsageParts([1.4, 1.4, 1.4].map(micro))).toEqual([2, 1, 1]);
  expect(wholeUsageParts([0.5, 0.5, 0.5, 0.5].map(micro))).toEqual([1, 1, 0, 0]);
  expect(wholeUsageParts([10.1, 0.3, 0, 5.4].map(micro))).toEqual([10, 0, 0, 6]);
  expect(wholeUsageParts([])).toEqual([]);
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 9_000_000n), { maxLength: 31 }), (parts) => {
      const whole = wholeUsageParts(parts);
      expect(whole.reduce((sum, part) => sum + part, 0)).toBe(wholeUsage(parts.reduce((a, b) => a + b, 0n)));
      for (const [index, part] of parts.entries())
        expect(Math.abs(Number(part) / 1_000_000 - (whole[index] ?? -1))).toBeLessThan(1);
    }),
  );
});

it("a shortfall needs as many whole credits as make up for it", () => {
  expect([0, 0.1, 1, 9.000_001].map((credits) => wholeShortfall(micro(credits)))).toEqual([0, 1, 1, 10]);
});
