import { Client } from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { announceChange } from "@/lib/db/announce";
import { closePool, pool } from "@/lib/db/pool";
import { followChanges } from "@/lib/jobs/follow-changes";
import { eventStream } from "@/lib/notify/event-stream";
import { type LiveEvent, publishLive, subscribeLive } from "@/lib/notify/live";
import { newId } from "@/lib/shared/ids";
import { allFinished } from "@/lib/shared/unfinished";
import { givenAccount, grant, settle, testContext } from "../factories/ledger";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await allFinished();
  for (const step of undo.splice(0).reverse()) await step();
  await closePool();
});

/** What this process hears of its own announcements, by PostgreSQL. */
async function listen(...orgIds: readonly string[]): Promise<LiveEvent[]> {
  const heard: LiveEvent[] = [];
  undo.push(followChanges().stop);
  for (const orgId of orgIds) undo.push(subscribeLive(orgId, (event) => heard.push(event)));
  await expect
    .poll(async () => {
      publishLive({ type: "subscription/changed", orgId: orgIds[0] ?? "" });
      return heard.length;
    })
    .toBeGreaterThan(0);
  await allFinished();
  await pool().query("SELECT 1");
  await expect.poll(() => heard.splice(0).length).toBe(0);
  return heard;
}

test("the desk hears when the AI answers again, or no longer, and of nothing else that credits do", async () => {
  const ctx = testContext(new Date());
  const orgId = await givenAccount(ctx, { state: "active" });
  const advisor = { kind: "member", userId: newId(), orgId, role: "advisor" } as const;
  const browser = new AbortController();
  undo.push(() => browser.abort());
  const told: string[] = [];
  const stream = eventStream(advisor, { signal: browser.signal, roleNow: async () => advisor.role });
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) told.push(...(decoder.decode(chunk).match(/^event: .*/m) ?? []));
  };
  void read();
  const heard = await listen(orgId);
  const answering = () => told.filter((line) => line === "event: answering/changed").length;
  await grant(ctx, orgId, 5_000_000n, "bought");
  await expect.poll(answering).toBe(1);
  await grant(ctx, orgId, 5_000_000n, "bought again");
  await expect.poll(() => heard.filter(({ type }) => type === "credits/changed").length).toBeGreaterThan(1);
  await settle(ctx, orgId, "the last call", 100_000_000n);
  await expect.poll(answering).toBe(2);
  await grant(ctx, orgId, 100_000_000_000n, "bought at last");
  await expect.poll(answering).toBe(3);
  expect(told).not.toContain("event: credits/changed");
});

const roundTrips = () => vi.spyOn(Client.prototype, "query");

test("what happens within a moment is announced in two round trips, whatever it is, whoseever and how much", async () => {
  const orgIds = Array.from({ length: 2_000 }, newId);
  const heard = await listen(...orgIds);
  const sent = roundTrips();
  const [first = ""] = orgIds;
  publishLive({ type: "calls/changed", orgId: first });
  for (const orgId of orgIds) {
    publishLive({ type: "conversation/changed", orgId, conversationId: orgId });
    publishLive({ type: "conversation/changed", orgId, conversationId: orgId });
  }
  announceChange(orgIds);
  await allFinished();
  expect(sent).toHaveBeenCalledTimes(2);
  await expect.poll(() => heard.length).toBe(4_001);
  expect(heard[0]).toEqual({ type: "calls/changed", orgId: first });
  const told = heard.filter(({ type }) => type === "conversation/changed");
  expect(told.map(({ orgId }) => orgId)).toEqual(orgIds);
  expect(heard.filter(({ type }) => type === "credits/changed")).toHaveLength(2_000);
});

test("a busy process makes at most fifty round trips a second, and its last word is heard", async () => {
  const orgId = newId();
  const heard = await listen(orgId);
  const sent = roundTrips();
  const began = performance.now();
  let said = 0;
  while (performance.now() - began < 300) {
    publishLive({ type: "conversation/changed", orgId, conversationId: newId() });
    said += 1;
    await new Promise(setImmediate);
  }
  await allFinished();
  const seconds = (performance.now() - began) / 1_000;
  expect(sent.mock.calls.length).toBeGreaterThan(1);
  expect(sent.mock.calls.length).toBeLessThanOrEqual(seconds * 50 + 1);
  await expect.poll(() => heard.length).toBe(said);
});

test("an announcement that fails takes no later one with it", async () => {
  const orgId = newId();
  const heard = await listen(orgId);
  vi.spyOn(Client.prototype, "query").mockImplementationOnce(() => {
    throw new Error("the connection broke");
  });
  publishLive({ type: "calls/changed", orgId });
  await allFinished();
  publishLive({ type: "diagnostics/changed", orgId });
  await expect.poll(() => heard).toEqual([{ type: "diagnostics/changed", orgId }]);
});
