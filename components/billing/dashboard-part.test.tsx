import { QueryClientProvider } from "@tanstack/react-query";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { createQueryClient } from "@/components/live/query-client";
import { type SubscriptionDto, subscriptionQuery } from "@/lib/billing/client";
import { DashboardPart } from "./dashboard-part";
import { ShownSubscription, useSubscription } from "./use-subscription";

const subscription = (given: Partial<SubscriptionDto>) => given as SubscriptionDto;

function State() {
  return <p>{useSubscription()?.state}</p>;
}

function rendered(block: React.ReactNode, shown: SubscriptionDto, known = shown): string {
  const queries = createQueryClient();
  queries.setQueryData(subscriptionQuery().queryKey, known);
  return renderToString(
    <QueryClientProvider client={queries}>
      <ShownSubscription value={shown}>{block}</ShownSubscription>
    </QueryClientProvider>,
  );
}

test("a block's first render is of what the server rendered, also where a newer subscription was read since", () => {
  const trial = subscription({ state: "trial" });
  expect(rendered(<State />, trial, subscription({ state: "active" }))).toBe("<p>trial</p>");
});

test.each([
  ["none", ""],
  ["balance", "balance"],
  ["whole", "balancewhole"],
] as const)("a subscription with %s of the dashboard has these blocks of it: %s", (dashboard, blocks) => {
  const parts = (["balance", "whole"] as const).map((part) => (
    <DashboardPart key={part} part={part}>
      {part}
    </DashboardPart>
  ));
  expect(rendered(parts, subscription({ dashboard })).replaceAll("<!-- -->", "")).toBe(blocks);
});
