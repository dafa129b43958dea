import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { subscriptionQuery } from "@/lib/billing/client";
import { refetchChanged } from "./refetch-changed";

/** A page whose credit block is there as long as the subscription is active. */
function givenPage(states: readonly string[]) {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const { queryKey } = subscriptionQuery();
  queries.setQueryData<unknown>(queryKey, { state: "active" });
  queries.setQueryData(["credits", "usage"], 1);
  const answers = states.map((state) => ({ state }));
  const readSubscription = vi.fn(async (): Promise<unknown> => answers.shift());
  const readUsage = vi.fn(async () => 2);
  const leaveUsage = new QueryObserver(queries, {
    queryKey: ["credits", "usage"],
    queryFn: readUsage,
  }).subscribe(() => undefined);
  new QueryObserver<unknown>(queries, { queryKey, queryFn: readSubscription }).subscribe(({ data }) => {
    if (JSON.stringify(data) !== '{"state":"active"}') leaveUsage();
  });
  return { queries, readSubscription, readUsage };
}

const CHANGED = [["credits"], ["billing"]];

test("a block that goes with the subscription's change asks for nothing more", async () => {
  const { queries, readSubscription, readUsage } = givenPage(["past_due"]);
  await refetchChanged(queries, CHANGED, false);
  expect(readSubscription).toHaveBeenCalledTimes(1);
  expect(readUsage).not.toHaveBeenCalled();
});

test("a block that stays is read again, and the subscription once", async () => {
  const { queries, readSubscription, readUsage } = givenPage(["active"]);
  await refetchChanged(queries, CHANGED, false);
  await vi.waitFor(() => expect(queries.getQueryData(["credits", "usage"])).toBe(2));
  expect([readSubscription.mock.calls.length, readUsage.mock.calls.length]).toEqual([1, 1]);
});

test("a hidden tab reads nothing, and knows that all of it is old", async () => {
  const { queries, readSubscription, readUsage } = givenPage([]);
  await refetchChanged(queries, CHANGED, true);
  for (const queryKey of [["credits", "usage"], subscriptionQuery().queryKey])
    expect(queries.getQueryState(queryKey)?.isInvalidated).toBe(true);
  expect(readSubscription).not.toHaveBeenCalled();
  expect(readUsage).not.toHaveBeenCalled();
});
