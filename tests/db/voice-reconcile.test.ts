import { afterAll, beforeEach, expect, test } from "vitest";
import { reconcileCalls } from "@/lib/calls/reconcile-calls";
import { listUnreported } from "@/lib/calls/store/unreported";
import { voiceProvider } from "@/lib/channels/voice/provider-api";
import { startInteractions } from "@/lib/credits/start-interactions";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { type Garage, givenGarage } from "../factories/garage";
import { fullStart, testContext } from "../factories/ledger";
import { assistantRequest, endOfCallReport, type Json } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";
import { balanceOf } from "../factories/voice-rows";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";

const sandbox = await startSandbox({ port: 0, smtpPort: 0 });
Object.assign(process.env, environmentOf(sandbox));
const { control } = sandbox;
const ctx = testContext();

beforeEach(async () => {
  ctx.travel(new Date("2026-11-21T10:00:00Z"));
  await control.reset();
});
afterAll(async () => {
  await sandbox.stop();
  await closePool();
});

/** A finished call as the API gives it. */
function fetched(garage: Garage, id: string, fields: Json = {}) {
  const { message } = endOfCallReport({}, { cost: 0.2 }) as { message: Json };
  const { type: _, phoneNumber: __, call: ___, ...report } = message;
  const call = {
    type: "inboundPhoneCall",
    status: "ended",
    phoneNumberId: garage.phoneNumberId,
    createdAt: "2026-11-21T10:00:00.120Z",
  };
  return { ...report, ...call, id, ...fields };
}

const later = () => ctx.travel(new Date("2026-11-21T10:30:00Z"));

test("a call whose report never came is settled and written down from the provider's list, once", async () => {
  const garage = await givenGarage(ctx);
  const id = newId();
  await deliver(ctx, assistantRequest({ id, called: garage.number }));
  await control.keepCalls(fetched(garage, id));
  later();
  expect(await reconcileCalls(ctx, voiceProvider)).toMatchObject({ settled: 1, failed: 0 });
  expect(await balanceOf(garage.orgId)).toBe(credits(80));
  const call = await prisma().voiceCall.findFirstOrThrow({ where: { orgId: garage.orgId } });
  expect(call).toMatchObject({ status: "ended", durationSeconds: 120, endedReason: "customer-ended-call" });
  expect(await reconcileCalls(ctx, voiceProvider)).toMatchObject({ settled: 0, reported: 1 });
  await deliver(ctx, endOfCallReport({ id, called: garage.number }, { cost: 0.2 }));
  expect(await balanceOf(garage.orgId)).toBe(credits(80));
  const [asked] = await control.requests({ provider: "vapi", type: "list" });
  expect(asked?.path).toContain("createdAtGe=2026-11-20T10%3A30%3A00.000Z");
});

test("a call we never saw is settled from the list; one on an unknown line is left alone", async () => {
  const garage = await givenGarage(ctx);
  await control.keepCalls(
    fetched(garage, newId()),
    fetched(garage, newId(), { phoneNumberId: "somebody-elses" }),
  );
  later();
  expect(await reconcileCalls(ctx, voiceProvider)).toMatchObject({ settled: 1, "unknown-line": 1 });
  expect(await balanceOf(garage.orgId)).toBe(credits(80));
});

test("a call too old for the list is fetched by its id; one the provider does not know is counted", async () => {
  const garage = await givenGarage(ctx);
  const [id, lost] = [newId(), newId()];
  await deliver(ctx, assistantRequest({ id, called: garage.number }));
  await deliver(ctx, assistantRequest({ id: lost, called: garage.number }));
  await control.keepCalls(fetched(garage, id));
  ctx.travel(new Date("2026-11-23T10:00:00Z"));
  expect(await reconcileCalls(ctx, voiceProvider)).toMatchObject({ settled: 1, unknown: 1 });
  expect(await balanceOf(garage.orgId)).toBe(credits(80));
});

test("of more calls than can be asked about at once the oldest come first", async () => {
  const garage = await givenGarage(ctx);
  const starts = Array.from({ length: 510 }, (_, n) => ({
    providerRef: `unreported-${n}`,
    start: fullStart(new Date(Date.UTC(2026, 10, 1) + ((n * 7) % 510) * 60_000)),
  }));
  await startInteractions(ctx, { orgId: garage.orgId, channel: "voice", starts }, pool());
  const oldest = starts
    .toSorted((a, b) => a.start.startedAt.getTime() - b.start.startedAt.getTime())
    .map(({ providerRef }) => providerRef);
  const asked = await listUnreported(new Date("2026-10-31T00:00:00Z"), new Date("2026-11-02T00:00:00Z"));
  expect(asked.map(({ callId }) => callId)).toEqual(oldest.slice(0, 500));
});

test("a call under way, or just over, is left for its own report", async () => {
  const garage = await givenGarage(ctx);
  await control.keepCalls(
    fetched(garage, newId(), { status: "in-progress", endedAt: undefined }),
    fetched(garage, newId(), { endedAt: "2026-11-21T10:29:00.000Z" }),
  );
  later();
  expect(await reconcileCalls(ctx, voiceProvider)).toMatchObject({ waiting: 2, settled: 0 });
  expect(await balanceOf(garage.orgId)).toBe(credits(100));
});

test("the list is read page by page", async () => {
  const garage = await givenGarage(ctx);
  const at = (n: number) => new Date(Date.UTC(2026, 10, 21, 9, 0, 0, n)).toISOString();
  await control.keepCalls(
    ...Array.from({ length: 1_001 }, (_, n) => ({
      ...fetched(garage, `call-${n}`, { status: "queued", endedAt: undefined }),
      createdAt: at(2_000 - n),
    })),
  );
  later();
  expect(await reconcileCalls(ctx, voiceProvider)).toMatchObject({ waiting: 1_001 });
});

test("a provider that does not answer stops the job, which is tried again; nothing is half done", async () => {
  const garage = await givenGarage(ctx);
  await control.keepCalls(fetched(garage, newId()));
  await control.behave({ provider: "vapi", on: "rest", times: null, effect: { kind: "http", status: 503 } });
  later();
  await expect(reconcileCalls(ctx, voiceProvider)).rejects.toMatchObject({ code: "unavailable" });
  expect(await balanceOf(garage.orgId)).toBe(credits(100));
});

test("one malformed call does not hold the others up", async () => {
  const garage = await givenGarage(ctx);
  await control.keepCalls(
    { id: {}, status: "ended", createdAt: "2026-11-21T10:00:00Z" },
    fetched(garage, newId()),
  );
  later();
  expect(await reconcileCalls(ctx, voiceProvider)).toMatchObject({ failed: 1, settled: 1 });
});
