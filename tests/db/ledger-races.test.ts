import { afterAll, describe, expect, it } from "vitest";
import { adjustBalance } from "@/lib/credits/adjust-balance";
import { expireLots } from "@/lib/credits/expire-lots";
import { grantCredits } from "@/lib/credits/grant-credits";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { reverseGrant } from "@/lib/credits/reverse-grant";
import { reverseUsage } from "@/lib/credits/reverse-usage";
import { sendWarning } from "@/lib/credits/send-warning";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { lockAccount } from "@/lib/credits/store/account";
import { readBalance } from "@/lib/credits/store/balance";
import { findDrift } from "@/lib/credits/store/reconcile";
import { type SettleItem, settleBatch } from "@/lib/credits/store/settle-batch";
import { closePool } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { metrics } from "@/lib/shared/metrics";
import { microcredits, microUsd } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { asSupport, fullStart, givenAccount, testContext } from "../factories/ledger";
import { counted } from "../support/counted";
import { waitingForLocks } from "../support/locks";

afterAll(closePool);

const WRITERS = 24;
const DAY_MS = 86_400_000;
const ctx = testContext();

const race = <T>(work: (writer: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: WRITERS }, (_, writer) => work(writer)));
const kinds = (outcomes: readonly { kind: string }[]) => {
  const counts: Record<string, number> = {};
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};
const grant = (orgId: string, amount: bigint, key: string, kind: "gifted" | "purchased" = "purchased") =>
  grantCredits(ctx, { orgId, kind, amount: microcredits(amount), key });
const settle = (orgId: string, providerRef: string, cost: bigint) =>
  settleInteraction(ctx, {
    orgId,
    channel: "voice",
    providerRef,
    cost: microUsd(cost),
    counted: true,
    start: fullStart(ctx.now()),
  });
/** One call of a batch, at a microcredit per micro-dollar. */
const item = (orgId: string, providerRef: string, amount: bigint): SettleItem => ({
  orgId,
  channel: "voice",
  providerRef,
  cost: amount,
  microcredits: microcredits(amount),
  spend: 0n,
  counted: true,
  start: fullStart(ctx.now()),
});
const posting = { rateVersion: "1", at: ctx.now(), day: "2026-03-10" };
/** How many settles of calls this process has counted, by outcome. */
async function settlesCounted() {
  const of = (outcome: string) => counted(metrics().settles, { channel: "voice", outcome });
  return {
    settled: await of("settled"),
    duplicate: await of("duplicate"),
    conflict: await of("conflict"),
    no_account: await of("no_account"),
  };
}
async function expectBalance(orgId: string, balance: bigint): Promise<void> {
  expect(await findDrift(orgId)).toEqual([]);
  expect((await readBalance(orgId)).balance).toBe(balance);
}

describe("however many do the same at once, it is done once", () => {
  it("grant", async () => {
    const orgId = await givenAccount(ctx);
    expect(kinds(await race(() => grant(orgId, 700n, "pack:1")))).toEqual({
      granted: 1,
      replayed: WRITERS - 1,
    });
    await expectBalance(orgId, 700n);
  });

  it("settle, with the stored outcome for every other report", async () => {
    const orgId = await givenAccount(ctx);
    await grant(orgId, 1_000n, "pack:1");
    const before = await settlesCounted();
    const outcomes = await race(() => settle(orgId, "call-1", 3n));
    expect(kinds(outcomes)).toEqual({ settled: 1, duplicate: WRITERS - 1 });
    expect(await settlesCounted()).toEqual({
      ...before,
      settled: before.settled + 1,
      duplicate: before.duplicate + WRITERS - 1,
    });
    expect(new Set(outcomes.map((outcome) => "microcredits" in outcome && outcome.microcredits))).toEqual(
      new Set([300n]),
    );
    await expectBalance(orgId, 700n);
  });

  it("settle with different figures: the first wins and the others are conflicts", async () => {
    const orgId = await givenAccount(ctx);
    const before = await settlesCounted();
    const outcomes = await race((writer) => settle(orgId, "call-1", BigInt(writer + 1)));
    expect(kinds(outcomes)).toEqual({ settled: 1, conflict: WRITERS - 1 });
    expect((await settlesCounted()).conflict - before.conflict).toBe(WRITERS - 1);
    const first = outcomes.find((outcome) => outcome.kind === "settled");
    await expectBalance(orgId, first?.kind === "settled" ? -first.microcredits : 0n);
  });

  it("renewal", async () => {
    const orgId = await givenAccount(ctx, { allowance: 5_000n });
    expect(kinds(await race(() => renewAllowance(ctx, orgId)))).toEqual({
      renewed: 1,
      "already-renewed": WRITERS - 1,
    });
    await expectBalance(orgId, 5_000n);
  });

  it("expiry", async () => {
    const orgId = await givenAccount(ctx);
    await grantCredits(ctx, {
      orgId,
      kind: "gifted",
      amount: microcredits(900n),
      key: "gift:1",
      expiresAt: new Date(ctx.now().getTime() + DAY_MS),
    });
    const later = testContext(new Date(ctx.now().getTime() + 2 * DAY_MS));
    const expired = await race(() => expireLots(later, orgId));
    expect(expired.reduce((sum, lots) => sum + lots, 0)).toBe(1);
    await expectBalance(orgId, 0n);
  });

  it("reversal of a grant", async () => {
    const orgId = await givenAccount(ctx);
    await grant(orgId, 1_000n, "pack:1");
    await settle(orgId, "call-1", 8n);
    const takeBack = () =>
      reverseGrant(ctx, { orgId, sourceKey: "pack:1", takenBack: microcredits(500n), reason: "refund" });
    expect(kinds(await race(takeBack))).toEqual({ "taken-back": 1, unchanged: WRITERS - 1 });
    await expectBalance(orgId, -300n);
  });

  it("reversal of usage", async () => {
    const orgId = await givenAccount(ctx);
    await grant(orgId, 1_000n, "pack:1");
    await settle(orgId, "call-1", 4n);
    const giveBack = () =>
      reverseUsage(ctx, { orgId, channel: "voice", providerRef: "call-1", reason: "our fault" });
    expect(kinds(await race(giveBack))).toEqual({ reversed: 1, "already-reversed": WRITERS - 1 });
    await expectBalance(orgId, 1_000n);
  });

  it("adjustment", async () => {
    const orgId = await givenAccount(ctx);
    await settle(orgId, "call-1", 5n);
    const writeOff = () => adjustBalance(ctx, { orgId, amount: 500n, key: "upgrade", reason: "upgraded" });
    expect(kinds(await race(writeOff))).toEqual({ adjusted: 1, replayed: WRITERS - 1 });
    await expectBalance(orgId, 0n);
  });

  it("freeze", async () => {
    const orgId = await givenAccount(ctx);
    const freeze = () =>
      freezeAccount(asSupport(ctx), { orgId, frozen: true, key: "case:1", reason: "suspected abuse" });
    expect(kinds(await race(freeze))).toEqual({ frozen: 1, replayed: WRITERS - 1 });
  });

  it("warning", async () => {
    const orgId = await givenAccount(ctx, { allowance: 1_000n });
    await renewAllowance(ctx, orgId);
    await settle(orgId, "call-1", 10n);
    expect(kinds(await race(() => sendWarning(ctx, orgId)))).toEqual({
      warned: 1,
      "nothing due": WRITERS - 1,
    });
  });
});

it("different settles at once on one organisation lose no update", async () => {
  const orgId = await givenAccount(ctx);
  await grant(orgId, 1_000n, "pack:1");
  await Promise.all(Array.from({ length: 600 }, (_, call) => settle(orgId, `call-${call}`, 1n)));
  await expectBalance(orgId, 1_000n - 60_000n);
});

it("grants, settles, renewals and reversals of many organisations at once never deadlock", async () => {
  const orgIds = await Promise.all(
    Array.from({ length: 12 }, () => givenAccount(ctx, { allowance: 5_000n })),
  );
  await race(async (writer) => {
    for (const [index, orgId] of orgIds.entries()) {
      await Promise.all([
        grant(orgId, 100n, `pack:${writer}`),
        settle(orgId, `call-${writer}`, 1n),
        renewAllowance(ctx, orgId),
        settle(orgIds[(index + writer) % orgIds.length] ?? orgId, `other-${writer}-${index}`, 1n),
      ]);
    }
  });
  for (const orgId of orgIds) expect(await findDrift(orgId)).toEqual([]);
});

it("a batch locks its accounts in order: while it waits for the first, it holds none of the others", async () => {
  const orgIds = await Promise.all(Array.from({ length: 30 }, () => givenAccount(ctx)));
  const [first = "", ...others] = orgIds.sort();
  let settled: ReturnType<typeof settleBatch> | undefined;
  await inTransaction(async (tx) => {
    await lockAccount(tx, first);
    const backwards = [...others.reverse(), first];
    settled = settleBatch(
      backwards.map((orgId) => item(orgId, "call-1", 1n)),
      posting,
    );
    await expect.poll(waitingForLocks).toBe(1);
    const free = `SELECT FROM credit_account WHERE org_id = ANY ($1::uuid[]) FOR NO KEY UPDATE SKIP LOCKED`;
    expect((await tx.query(free, [others])).rowCount).toBe(others.length);
  });
  expect(kinds((await settled) ?? [])).toEqual({ settled: orgIds.length });
});

it("one bad item harms nobody else in its batch", async () => {
  const orgId = await givenAccount(ctx);
  await grant(orgId, 1_000n, "pack:1");
  const results = await Promise.allSettled([
    settle(orgId, "good-1", 1n),
    settle(orgId, "bad", -5n),
    settle(orgId, "good-2", 1n),
  ]);
  expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  await expectBalance(orgId, 800n);
});

it("in one batch an item that begins where a lot ends draws on the next lot, and is no overdraft", async () => {
  const orgId = await givenAccount(ctx);
  await grant(orgId, 300n, "pack:1");
  await grant(orgId, 300n, "pack:2");
  const outcomes = await settleBatch([item(orgId, "first", 300n), item(orgId, "second", 100n)], posting);
  expect(kinds(outcomes)).toEqual({ settled: 2 });
  await expectBalance(orgId, 200n);
});
