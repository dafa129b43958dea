import { afterAll, describe, expect, test } from "vitest";
import { dropCached } from "@/lib/credits/balance-cache";
import { grantCredits } from "@/lib/credits/grant-credits";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { givenGarage } from "../factories/garage";
import { testContext } from "../factories/ledger";
import { assistantRequest, endOfCallReport, type Json, messageTakerReport } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";
import { balanceOf, callBacksOf, callOf, interactionOf, usageOf } from "../factories/voice-rows";

afterAll(closePool);

const ctx = testContext(new Date("2026-11-21T10:05:00Z"));

describe("an end-of-call-report", () => {
  test("settles the call by its cost, at a credit a cent, and completes the call log", async () => {
    const garage = await givenGarage(ctx, { credits: 100 });
    const call = { id: newId(), called: garage.number };
    await deliver(ctx, assistantRequest(call));
    expect(await deliver(ctx, endOfCallReport(call))).toEqual({});
    expect(await balanceOf(garage.orgId)).toBe(credits(88));
    expect(await callOf(garage.orgId, call.id)).toMatchObject({
      status: "ended",
      startedAt: new Date("2026-11-21T10:00:04Z"),
      endedAt: new Date("2026-11-21T10:02:04Z"),
      durationSeconds: 120,
      endedReason: "customer-ended-call",
      summary: "The caller asked about an MOT.",
      reportedAt: ctx.now(),
    });
    expect(await usageOf(garage.orgId)).toMatchObject([
      { channel: "voice", interactions: 1, degraded: 0, credits: credits(12) },
    ]);
    expect(await callBacksOf(garage.orgId)).toHaveLength(0);
  });

  test("delivered 50 times at once, with other costs among them, settles once", async () => {
    const garage = await givenGarage(ctx, { credits: 100 });
    const call = { id: newId(), called: garage.number };
    await deliver(ctx, assistantRequest(call));
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        deliver(ctx, endOfCallReport(call, n % 5 === 0 ? { cost: 0.12 } : {})),
      ),
    );
    expect(await balanceOf(garage.orgId)).toBe(credits(88));
    expect(await deliver(ctx, endOfCallReport(call, { cost: 0.5 }))).toEqual({});
    expect(await balanceOf(garage.orgId)).toBe(credits(88));
    expect(await prisma().ledgerEntry.count({ where: { orgId: garage.orgId, kind: "usage" } })).toBe(1);
    expect(await usageOf(garage.orgId)).toMatchObject([{ interactions: 1 }]);
  });

  test("of a call that began in full is settled in full below zero, and the next grant settles the overdraft", async () => {
    const garage = await givenGarage(ctx, { credits: 5 });
    const call = { id: newId(), called: garage.number };
    await deliver(ctx, assistantRequest(call));
    await deliver(ctx, endOfCallReport(call));
    expect(await balanceOf(garage.orgId)).toBe(-credits(7));
    await grantCredits(ctx, { orgId: garage.orgId, kind: "purchased", amount: credits(10), key: "pack" });
    expect(await balanceOf(garage.orgId)).toBe(credits(3));
  });

  test("of a call that began degraded settles at 0 though credits came meanwhile, and counts as degraded", async () => {
    const garage = await givenGarage(ctx, { credits: 0 });
    const call = { id: newId(), called: garage.number };
    await deliver(ctx, assistantRequest(call));
    await grantCredits(ctx, { orgId: garage.orgId, kind: "purchased", amount: credits(10), key: "pack" });
    dropCached(garage.orgId);
    await deliver(ctx, messageTakerReport(call));
    expect(await balanceOf(garage.orgId)).toBe(credits(10));
    expect(await interactionOf(garage.orgId, call.id)).toMatchObject({ credits: 0n, costMicroUsd: 120_000n });
    expect(await usageOf(garage.orgId)).toMatchObject([{ interactions: 0, degraded: 1 }]);
  });

  test.each<[string, Json, bigint]>([
    ["text", { cost: "0.12" }, 120_000n],
    ["a sum", { cost: undefined, costs: [{ cost: 0.1 }, { cost: 0.02 }] }, 120_000n],
    ["nothing", { cost: undefined }, 0n],
    ["a negative number", { cost: -1 }, 0n],
    ["an absurd number", { cost: 1e200 }, 0n],
  ])("with %s for a cost settles at what can be believed, and is never lost", async (_, fields, cost) => {
    const garage = await givenGarage(ctx);
    const call = { id: newId(), called: garage.number };
    await deliver(ctx, endOfCallReport(call, fields));
    expect(await interactionOf(garage.orgId, call.id)).toMatchObject({
      costMicroUsd: cost,
      credits: cost * 100n,
    });
  });

  test("of a call that never connected costs nothing and is not counted", async () => {
    const garage = await givenGarage(ctx);
    const call = { id: newId(), called: garage.number };
    const none = { startedAt: undefined, endedAt: undefined, artifact: {}, analysis: {} };
    await deliver(ctx, assistantRequest(call));
    await deliver(
      ctx,
      endOfCallReport(call, { ...none, cost: 0.01, endedReason: "assistant-request-failed" }),
    );
    expect(await interactionOf(garage.orgId, call.id)).toMatchObject({ costMicroUsd: 0n, credits: 0n });
    expect(await usageOf(garage.orgId)).toMatchObject([{ interactions: 0 }]);
  });

  test.each(["customer-did-not-answer", "customer-busy"])(
    "of a call that only rang (%s) costs nothing, is not counted and asks for no call back, whatever its times say",
    async (endedReason) => {
      const rang = {
        endedReason,
        startedAt: "2026-11-21T10:00:00.000Z",
        endedAt: "2026-11-21T10:00:25.000Z",
        cost: 0.01,
      };
      for (const garage of [await givenGarage(ctx), await givenGarage(ctx, { credits: 0 })]) {
        const call = { id: newId(), called: garage.number };
        await deliver(ctx, assistantRequest(call));
        await deliver(ctx, messageTakerReport(call, rang));
        expect(await interactionOf(garage.orgId, call.id)).toMatchObject({ costMicroUsd: 0n, credits: 0n });
        expect(await usageOf(garage.orgId)).toMatchObject([{ interactions: 0, degraded: 0 }]);
        expect(await callBacksOf(garage.orgId)).toEqual([]);
        expect(await callOf(garage.orgId, call.id)).toMatchObject({ status: "ended", durationSeconds: 0 });
      }
    },
  );

  test("of a test call or a demo organisation takes no credits, and records what it cost us", async () => {
    const garage = await givenGarage(ctx);
    const demo = await givenGarage(ctx, { state: "demo" });
    for (const [orgId, call] of [
      [garage.orgId, { id: newId(), called: garage.number, type: "webCall" }],
      [demo.orgId, { id: newId(), called: demo.number }],
    ] as const) {
      await deliver(ctx, endOfCallReport(call));
      expect(await interactionOf(orgId, call.id)).toMatchObject({
        billable: false,
        costMicroUsd: 120_000n,
        credits: 0n,
      });
    }
  });
});

test("a report whose call log could not be written is finished by the next delivery, and settled once", async () => {
  const garage = await givenGarage(ctx, { credits: 0 });
  const call = { id: newId(), called: garage.number };
  await deliver(ctx, assistantRequest(call));
  await pool().query(
    "ALTER TABLE call_back ADD CONSTRAINT broken CHECK (org_id <> '00000000-0000-0000-0000-000000000000' AND name IS NULL) NOT VALID",
  );
  await expect(deliver(ctx, messageTakerReport(call))).rejects.toThrow();
  expect(await interactionOf(garage.orgId, call.id)).toMatchObject({ settledAt: expect.any(Date) });
  expect((await callOf(garage.orgId, call.id))?.reportedAt).toBeNull();
  await pool().query("ALTER TABLE call_back DROP CONSTRAINT broken");
  await deliver(ctx, messageTakerReport(call));
  expect((await callOf(garage.orgId, call.id))?.reportedAt).toEqual(ctx.now());
  expect(await callBacksOf(garage.orgId)).toHaveLength(1);
});
