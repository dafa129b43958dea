import { afterAll, describe, expect, test } from "vitest";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { givenGarage } from "../factories/garage";
import { testContext } from "../factories/ledger";
import { boundSample, voiceDeliveries } from "../factories/samples";
import { assistantRequest } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";

afterAll(closePool);

const ctx = testContext(new Date("2026-08-20T15:10:00Z"));

describe("samples of the provider's deliveries, about a line of ours", () => {
  test("every one of them is accepted", async () => {
    const { number } = await givenGarage(ctx);
    for (const name of voiceDeliveries()) {
      await expect(deliver(ctx, boundSample(name, { callId: newId(), number })), name).resolves.toBeTypeOf(
        "object",
      );
    }
  });

  test("the finished call settles at its cost", async () => {
    const { number, orgId } = await givenGarage(ctx, { credits: 100 });
    await deliver(ctx, boundSample("end-of-call-report.json", { callId: newId(), number }));
    const account = await prisma().creditAccount.findUniqueOrThrow({ where: { orgId } });
    expect(account.balance).toBe(credits(100) - 16_780_000n);
  });

  test("the message-taker's call makes its call-back", async () => {
    const { number, orgId } = await givenGarage(ctx, { credits: 0 });
    const callId = newId();
    await deliver(ctx, assistantRequest({ id: callId, called: number }));
    await deliver(ctx, boundSample("end-of-call-report-message-taker.json", { callId, number }));
    expect(await prisma().callBack.findMany({ where: { orgId } })).toMatchObject([
      { name: "Sam Ortiz", phone: "+447700900198", reason: "Brakes squeal", source: "structured_data" },
    ]);
  });
});
