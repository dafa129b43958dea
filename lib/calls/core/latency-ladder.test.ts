import fc from "fast-check";
import { expect, test } from "vitest";
import { type LadderState, ladderAfter, steadyTo } from "./latency-ladder";

const after = (start: LadderState, ...samples: number[]): LadderState => samples.reduce(ladderAfter, start);
const START: LadderState = { level: 0, samples: [] };

test("one slow call changes nothing; three slow calls take one step up", () => {
  expect(after(START, 9_000).level).toBe(0);
  expect(after(START, 9_000, 9_000).level).toBe(0);
  expect(after(START, 3_000, 3_000, 3_000)).toEqual({ level: 1, samples: [] });
});

test("single slow calls among fast ones take no step", () => {
  expect(after(START, 900, 900, 9_000, 900, 900, 9_000).level).toBe(0);
});

test("the ladder goes up to level 2 and no further", () => {
  const top = after(START, ...Array<number>(6).fill(3_000));
  expect(top.level).toBe(2);
  expect(after(top, ...Array<number>(9).fill(9_000)).level).toBe(2);
});

test("it comes down slower than it goes up, one step at a time, and not below 0", () => {
  const top: LadderState = { level: 2, samples: [] };
  expect(after(top, 900, 900, 900, 900).level).toBe(2);
  expect(after(top, ...Array<number>(5).fill(900)).level).toBe(1);
  expect(after(top, ...Array<number>(10).fill(900)).level).toBe(0);
  expect(after(top, ...Array<number>(30).fill(900)).level).toBe(0);
});

test("between the marks it stays where it is, so that it does not swing", () => {
  for (const level of [0, 1, 2] as const) {
    expect(after({ level, samples: [] }, ...Array<number>(20).fill(2_000)).level).toBe(level);
  }
});

test("a level is judged by its own calls only", () => {
  const one = after(START, 3_000, 3_000, 3_000);
  expect(after(one, 3_000, 3_000).level).toBe(1);
});

test("calls that are not counted, because the ladder is steady, change none of its steps", () => {
  const call = fc.constantFrom(900, 1_499, 1_500, 2_500, 2_501, 4_000);
  fc.assert(
    fc.property(fc.array(call, { maxLength: 40 }), (samples) => {
      let counted = START;
      let sparing = START;
      for (const sample of samples) {
        counted = ladderAfter(counted, sample);
        if (sample > (steadyTo(sparing) ?? -1)) sparing = ladderAfter(sparing, sample);
        expect(sparing.level).toBe(counted.level);
      }
    }),
    { numRuns: 2_000 },
  );
});
