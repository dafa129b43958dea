import { afterAll, describe, expect, test } from "vitest";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { givenGarage } from "../factories/garage";
import { testContext } from "../factories/ledger";
import { endOfCallReport, type Json, messageTakerReport } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";
import { balanceOf, callBacksOf, interactionOf, usageOf } from "../factories/voice-rows";

afterAll(closePool);

const ctx = testContext(new Date("2026-11-21T10:05:00Z"));

describe("a report without a stored start", () => {
  const assistant = (metadata: Json) => ({ metadata });

  test("is settled as its assistant's metadata says: full and failed open", async () => {
    const garage = await givenGarage(ctx, { credits: 0 });
    const metadata = { orgId: garage.orgId, mode: "full", level: 1, isFallback: false, failOpen: true };
    const call = { id: newId(), called: garage.number, assistant: assistant(metadata) };
    await deliver(ctx, endOfCallReport(call));
    expect(await balanceOf(garage.orgId)).toBe(-credits(12));
    expect(await interactionOf(garage.orgId, call.id)).toMatchObject({
      mode: "full",
      level: 1,
      failOpen: true,
      billable: true,
    });
  });

  test("is settled as its assistant's metadata says: degraded", async () => {
    const garage = await givenGarage(ctx);
    const metadata = { orgId: garage.orgId, mode: "degraded", level: 3, reason: "trial-cap" };
    const call = { id: newId(), called: garage.number, assistant: assistant(metadata) };
    await deliver(ctx, messageTakerReport(call));
    expect(await interactionOf(garage.orgId, call.id)).toMatchObject({
      mode: "degraded",
      reason: "trial-cap",
      credits: 0n,
    });
    expect(await callBacksOf(garage.orgId)).toHaveLength(1);
  });

  test("is found by its metadata where no garage has the line any more", async () => {
    const garage = await givenGarage(ctx);
    const metadata = { orgId: garage.orgId, mode: "full", level: 0 };
    const call = { id: newId(), called: "+441134968888", assistant: assistant(metadata) };
    await deliver(ctx, endOfCallReport(call));
    expect(await balanceOf(garage.orgId)).toBe(credits(88));
  });

  test("belongs to the garage whose line was called, whatever its metadata says", async () => {
    const [garage, other] = [await givenGarage(ctx), await givenGarage(ctx)];
    const call = {
      id: newId(),
      called: garage.number,
      assistant: assistant({ orgId: other.orgId, mode: "full" }),
    };
    await deliver(ctx, endOfCallReport(call));
    expect([await balanceOf(garage.orgId), await balanceOf(other.orgId)]).toEqual([
      credits(88),
      credits(100),
    ]);
  });

  test("without metadata is full, by the called line", async () => {
    const garage = await givenGarage(ctx);
    await deliver(ctx, endOfCallReport({ called: garage.number }));
    expect(await balanceOf(garage.orgId)).toBe(credits(88));
  });

  test("without metadata costs an exhausted garage nothing: it is what the gate would say now, and is rung back", async () => {
    const garage = await givenGarage(ctx, { credits: 0 });
    const call = { id: newId(), called: garage.number };
    await deliver(ctx, messageTakerReport(call));
    expect(await balanceOf(garage.orgId)).toBe(0n);
    expect(await interactionOf(garage.orgId, call.id)).toMatchObject({
      mode: "degraded",
      level: 3,
      reason: "credit-exhaustion",
      credits: 0n,
    });
    expect(await callBacksOf(garage.orgId)).toHaveLength(1);
  });

  test("from the static fallback takes no credits, is apart from credit degradation, and makes a call-back", async () => {
    const garage = await givenGarage(ctx);
    const call = { id: newId(), called: garage.number, assistant: assistant({ isFallback: true }) };
    await deliver(ctx, messageTakerReport(call));
    expect(await balanceOf(garage.orgId)).toBe(credits(100));
    expect(await interactionOf(garage.orgId, call.id)).toMatchObject({
      mode: "full",
      reason: null,
      isFallback: true,
      billable: false,
      costMicroUsd: 120_000n,
      credits: 0n,
    });
    expect(await usageOf(garage.orgId)).toMatchObject([{ interactions: 0, degraded: 0 }]);
    expect(await callBacksOf(garage.orgId)).toHaveLength(1);
  });

  test("about an unknown line is kept", async () => {
    const id = newId();
    await deliver(ctx, endOfCallReport({ id, called: "+441134968887" }));
    expect(await prisma().providerEvent.findMany({ where: { id: { contains: id } } })).toMatchObject([
      { type: "end-of-call-report" },
    ]);
  });

  test("naming an organisation that does not exist is kept", async () => {
    const id = newId();
    await deliver(
      ctx,
      endOfCallReport({ id, called: "+441134968886", assistant: assistant({ orgId: newId() }) }),
    );
    expect(await prisma().providerEvent.count({ where: { id: { contains: id } } })).toBe(1);
  });
});
