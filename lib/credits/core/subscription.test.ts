import { expect, it } from "vitest";
import { isSubscriptionState, SUBSCRIPTION_STATES, termsOf } from "./subscription";

it("what each state of a subscription gets, sees and may", () => {
  const table = SUBSCRIPTION_STATES.map((state) => {
    const { renews, buys, dashboard, gate } = termsOf(state);
    return [state, renews ? "renews" : "-", buys ? "buys" : "-", dashboard, gate].join(" ");
  });
  expect(table).toEqual([
    "trial - - balance cap",
    "active renews buys whole balance",
    "grandfathered renews buys whole balance",
    "past_due - - none balance",
    "canceled - - none balance",
    "demo - - none nothing",
  ]);
});

it("knows its states from any other word", () => {
  expect(["active", "trialing", "", null].map(isSubscriptionState)).toEqual([true, false, false, false]);
});
