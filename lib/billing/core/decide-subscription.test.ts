import { describe, expect, test } from "vitest";
import {
  bestLiving,
  counts,
  decideSubscription,
  isLiving,
  isStrange,
  type Known,
  lastEnded,
  type Meaning,
  meaningOf,
  type Oddity,
  type SubscriptionFacts,
} from "./decide-subscription";

const PLAN = {
  productId: "prod_torqueflow",
  priceIds: ["price_monthly", "price_yearly"],
  creditsPerBay: 500_000_000n,
  current: true,
};
const EARLIER = { ...PLAN, priceIds: ["price_2025"], current: false };

const FACTS: SubscriptionFacts = {
  subscriptionId: "sub_1",
  customerId: "cus_1",
  status: "active",
  priceId: "price_monthly",
  productId: "prod_torqueflow",
  interval: "month",
  bays: 4,
  unitPence: 10_000,
  taxPercent: 20,
  currency: "gbp",
  beganAt: new Date("2026-11-08T15:00:00Z"),
  endsAt: null,
  endedAt: null,
};

const known = (meaning: Meaning, facts: Partial<SubscriptionFacts> = {}): Known => ({
  facts: { ...FACTS, ...facts },
  meaning,
  hasCounted: counts(meaning),
});
/** One that counted before this reading of it. */
const counted = (meaning: Meaning): Known => ({ ...known(meaning), hasCounted: true });

describe("what Stripe says of a subscription means", () => {
  test.each<[Partial<SubscriptionFacts>, Meaning]>([
    [{}, "active"],
    [{ priceId: "price_yearly", interval: "year" }, "active"],
    [{ priceId: "price_2025" }, "grandfathered"],
    [{ priceId: "price_made_by_hand" }, "grandfathered"],
    [{ status: "trialing" }, "trial"],
    [{ status: "past_due" }, "past_due"],
    [{ status: "unpaid" }, "past_due"],
    [{ status: "paused" }, "past_due"],
    [{ status: "canceled" }, "canceled"],
    [{ status: "incomplete" }, "not-yet"],
    [{ status: "incomplete_expired" }, "not-yet"],
    [{ status: "incomplete", currency: "eur" }, "not-yet"],
    [{ status: "a_word_of_a_later_version" }, "not-yet"],
    [{ currency: "eur" }, "other-currency"],
    [{ productId: "prod_somebody_elses" }, "other-product"],
    [{ bays: 0 }, "no-bays"],
    [{ bays: 1 }, "active"],
  ])("%o: %s", (facts, meaning) => {
    expect(meaningOf({ ...FACTS, ...facts }, [PLAN, EARLIER], { hasCounted: false })).toBe(meaning);
  });

  test("without a plan nothing that is billed is known", () => {
    expect(meaningOf(FACTS, [], { hasCounted: false })).toBe("other-product");
  });

  test.each<[Partial<SubscriptionFacts>, Oddity | undefined, Meaning]>([
    [{ bays: 0 }, undefined, "no-bays"],
    [{ currency: "eur" }, undefined, "other-currency"],
    [{ productId: "prod_somebody_elses" }, undefined, "other-product"],
    [{}, "other-organisation", "other-organisation"],
    [{}, "missing", "missing"],
  ])(
    "an end ends what counted, also with %o and %s; one that never counted gives nothing",
    (odd, oddity, meaning) => {
      const ended = { ...FACTS, status: "canceled", ...odd };
      expect(meaningOf(ended, [PLAN], { oddity, hasCounted: true })).toBe("canceled");
      expect(meaningOf(ended, [PLAN], { oddity, hasCounted: false })).toBe(meaning);
      expect(meaningOf({ ...FACTS, ...odd }, [PLAN], { oddity, hasCounted: true })).toBe(meaning);
    },
  );

  test("money for what gives nothing here is strange; a state is not", () => {
    const strange = ["other-organisation", "other-currency", "other-product", "no-bays", "missing"] as const;
    expect(strange.map(isStrange)).toEqual([true, true, true, true, true]);
    expect((["active", "canceled", "not-yet"] as const).map(isStrange)).toEqual([false, false, false]);
    expect((["trial", "past_due", "canceled", "not-yet"] as const).map(isLiving)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("of several subscriptions", () => {
  const older = { subscriptionId: "sub_older", beganAt: new Date("2026-01-01T09:00:00Z") };

  test.each<[string, Known[], string | undefined]>([
    ["none counts where none lives", [known("canceled"), known("not-yet")], undefined],
    ["active comes before past due, however old", [known("past_due", older), known("active")], "sub_1"],
    ["grandfathered comes before past due", [known("past_due", older), known("grandfathered")], "sub_1"],
    ["a trial comes before past due, and after active", [known("past_due", older), known("trial")], "sub_1"],
    ["active comes before a trial", [known("trial", older), known("active")], "sub_1"],
    ["the oldest of equals counts", [known("active"), known("grandfathered", older)], "sub_older"],
    ["what is strange never counts", [known("other-currency", older), known("past_due")], "sub_1"],
    ["an ended one never counts", [known("canceled", older), known("past_due")], "sub_1"],
    [
      "the id decides where both began at once",
      [known("active", { subscriptionId: "sub_2" }), known("active")],
      "sub_1",
    ],
  ])("%s", (_, all, best) => {
    expect(bestLiving(all)?.facts.subscriptionId).toBe(best);
    expect(bestLiving([...all].reverse())?.facts.subscriptionId).toBe(best);
  });

  test("the one that ended last is the one that ended", () => {
    const ended = (id: string, day: string) =>
      known("canceled", { subscriptionId: id, endedAt: new Date(`2026-${day}T00:00:00Z`) });
    const all = [ended("sub_1", "03-01"), ended("sub_2", "09-01"), ended("sub_3", "05-01"), known("not-yet")];
    expect(lastEnded(all)?.facts.subscriptionId).toBe("sub_2");
    expect(lastEnded([known("active")])).toBeUndefined();
  });
});

describe("an organisation", () => {
  const endedAt = new Date("2026-12-08T15:00:00Z");
  const over = known("canceled", { endedAt });
  const living = known("active");

  test.each(["trial", "active", "grandfathered", "past_due", "canceled"] as const)(
    "that is %s follows its living subscription",
    (state) => {
      expect(decideSubscription([living], { state }, [])).toEqual({
        kind: "counts",
        counted: living,
        state: "active",
      });
    },
  );

  test("that was seen living has ended when its subscription has, also beside one that ended before", () => {
    const earlier = known("canceled", { subscriptionId: "sub_0", endedAt: new Date("2026-02-01T09:00:00Z") });
    for (const state of ["active", "grandfathered", "past_due"] as const)
      for (const beside of [[], [earlier]])
        expect(decideSubscription([...beside, over], { state }, [...beside, living])).toEqual({
          kind: "ended",
          endsAt: endedAt,
        });
  });

  test("in its trial whose subscription began and ended unseen has ended", () => {
    expect(decideSubscription([over], { state: "trial" }, [])).toEqual({ kind: "ended", endsAt: endedAt });
  });

  test.each(["active", "grandfathered", "canceled"] as const)(
    "that support set to %s since its subscription ended stays so",
    (state) => {
      expect(decideSubscription([over], { state }, [over])).toEqual({ kind: "nothing" });
    },
  );

  test("that is a demo is never changed", () => {
    expect(decideSubscription([living], { state: "demo" }, [living])).toEqual({ kind: "nothing" });
  });

  test("whose subscriptions are unpaid from the start, or strange, stays as it is", () => {
    const all = [known("not-yet"), known("other-product"), known("no-bays")];
    for (const state of ["trial", "active"] as const)
      expect(decideSubscription(all, { state }, all)).toEqual({ kind: "nothing" });
  });

  describe.each([
    "no-bays",
    "other-product",
    "other-currency",
    "other-organisation",
    "missing",
    "not-yet",
  ] as const)("whose subscription counted and is %s now", (meaning) => {
    const odd = counted(meaning);

    const earlier = known("canceled", { subscriptionId: "sub_0", endedAt: new Date("2026-02-01T09:00:00Z") });

    test("gets nothing more until support has looked, also where one ended before", () => {
      for (const state of ["active", "grandfathered"] as const)
        for (const beside of [[], [earlier]])
          expect(decideSubscription([...beside, odd], { state }, [...beside, living])).toEqual({
            kind: "suspended",
          });
    });

    test("stays as it is where it was granted nothing, or as support has set it since", () => {
      for (const state of ["trial", "past_due", "canceled"] as const)
        expect(decideSubscription([odd], { state }, [living])).toEqual({ kind: "nothing" });
      expect(decideSubscription([odd], { state: "active" }, [odd])).toEqual({ kind: "nothing" });
    });

    test("has ended when that has, and follows another that lives", () => {
      for (const beside of [[], [earlier]])
        expect(decideSubscription([...beside, over], { state: "past_due" }, [...beside, odd])).toEqual({
          kind: "ended",
          endsAt: endedAt,
        });
      expect(decideSubscription([odd, living], { state: "past_due" }, [odd])).toMatchObject({
        kind: "counts",
      });
    });
  });
});
