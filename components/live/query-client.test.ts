import { dehydrate, hydrate, QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, test, vi } from "vitest";
import { createQueryClient, distrustHydrated } from "./query-client";

const queryKey = ["credits", "balance"];

/** What a server rendered a moment ago, as it travels in the page. */
function fromServer(data: unknown, updatedAt = Date.now()) {
  const server = new QueryClient();
  server.setQueryData(queryKey, data, { updatedAt });
  return dehydrate(server);
}

function watch(queries: QueryClient) {
  const read = vi.fn(async () => "read now");
  const stop = new QueryObserver(queries, { queryKey, queryFn: read }).subscribe(() => undefined);
  return { read, stop };
}

describe("a change between the server's reading and the block's arrival is not missed", () => {
  test("a block that arrives after the live stream opened reads once more", async () => {
    const queries = createQueryClient();
    const trust = distrustHydrated(queries, () => true);
    hydrate(queries, fromServer("read by the server"));
    const { read, stop } = watch(queries);
    await vi.waitFor(() => expect(queries.getQueryData(queryKey)).toBe("read now"));
    expect(read).toHaveBeenCalledTimes(1);
    stop();
    trust();
  });

  test("so does one that was on the page and came again with a navigation", async () => {
    const queries = createQueryClient();
    hydrate(queries, fromServer("first", Date.now() - 1_000));
    const { read, stop } = watch(queries);
    const trust = distrustHydrated(queries, () => true);
    hydrate(queries, fromServer("second"));
    await vi.waitFor(() => expect(queries.getQueryData(queryKey)).toBe("read now"));
    expect(read).toHaveBeenCalledTimes(1);
    stop();
    trust();
  });

  test("one of which nothing has changed is as it came", async () => {
    const queries = createQueryClient();
    const trust = distrustHydrated(queries, (first) => first === "voice");
    hydrate(queries, fromServer("read by the server"));
    const { read, stop } = watch(queries);
    expect(read).not.toHaveBeenCalled();
    expect(queries.getQueryState(queryKey)?.isInvalidated).toBe(false);
    stop();
    trust();
  });
});
