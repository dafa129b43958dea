import fc from "fast-check";
import { longest } from "../support/effort";

/** Interactions are named 0 to this. */
export const REFS = 15;

/** One step in the life of an account. */
export type Command =
  | { do: "grant"; kind: "gifted" | "purchased"; amount: bigint; days: number; repeat: boolean }
  | { do: "settle"; ref: number; cost: bigint; stored: boolean; times: number }
  | { do: "expire" }
  | { do: "renew" }
  | { do: "reverse"; which: number; share: number }
  | { do: "reverse usage"; ref: number }
  | { do: "adjust"; share: number }
  | { do: "travel"; hours: number };

const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const command: fc.Arbitrary<Command> = fc.oneof(
  often(
    3,
    fc.record({
      do: fc.constant("grant" as const),
      kind: fc.constantFrom("gifted" as const, "gifted" as const, "purchased" as const),
      amount: fc.bigInt(1n, 6_000n),
      days: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 })),
      repeat: fc.boolean(),
    }),
  ),
  often(
    5,
    fc.record({
      do: fc.constant("settle" as const),
      ref: fc.integer({ min: 0, max: REFS }),
      // Mostly less than a lot holds: else nothing is left to expire.
      cost: fc.oneof(often(2, fc.bigInt(0n, 12n)), often(1, fc.bigInt(0n, 80n))),
      stored: fc.boolean(),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  ),
  often(3, fc.record({ do: fc.constant("expire" as const) })),
  fc.record({ do: fc.constant("renew" as const) }),
  often(
    5,
    fc.record({
      do: fc.constant("reverse" as const),
      which: fc.nat(20),
      share: fc.oneof(fc.constantFrom(0, 0, 100), fc.integer({ min: 0, max: 100 })),
    }),
  ),
  often(2, fc.record({ do: fc.constant("reverse usage" as const), ref: fc.integer({ min: 0, max: REFS }) })),
  fc.record({ do: fc.constant("adjust" as const), share: fc.integer({ min: -100, max: 100 }) }),
  often(3, fc.record({ do: fc.constant("travel" as const), hours: fc.integer({ min: -30, max: 400 }) })),
);

/** Histories as long as they may be: left alone, the generator would rarely make ten steps. */
export const histories = (minLength: number, usualLength: number) =>
  fc.array(command, { minLength, maxLength: longest(usualLength), size: "max" });
