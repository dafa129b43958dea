import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { isSubscriptionState, SUBSCRIPTION_STATES, statesGatedBy, termsOf } from "./subscription";

it("what each state of a subscription gets, sees and may", () => {
  const table = SUBSCRIPTION_STATES.map((state) => {
    const { renews, buys, dashboard, gate, plan } = termsOf(state);
    return [state, renews ? "renews" : "-", buys ? "buys" : "-", dashboard, gate, plan].join(" ");
  });
  expect(table).toEqual([
    "trial - - balance cap to-choose",
    "active renews buys whole balance chosen",
    "grandfathered renews buys whole balance chosen",
    "past_due - - none balance chosen",
    "canceled - - none balance to-choose",
    "demo - - none nothing none",
  ]);
});

it("knows its states from any other word", () => {
  expect(["active", "trialing", "", null].map(isSubscriptionState)).toEqual([true, false, false, false]);
});

it("says of the states that the ledger’s SQL knows by name what the SQL takes them for", () => {
  const functions = readdirSync("prisma/functions").map((file) =>
    readFileSync(`prisma/functions/${file}`, "utf8"),
  );
  const named = functions.flatMap((sql) =>
    [...sql.matchAll(/\bstate\s*(?:=|<>)\s*'(\w+)'/g)].map(([, state]) => state),
  );
  // Costs nothing in one, counts its spend in the other.
  expect(new Set(named)).toEqual(new Set([...statesGatedBy("nothing"), ...statesGatedBy("cap")]));
  expect([statesGatedBy("nothing"), statesGatedBy("cap")]).toEqual([["demo"], ["trial"]]);
});
