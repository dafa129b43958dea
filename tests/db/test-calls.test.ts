import { afterAll, beforeEach, expect, test } from "vitest";
import { asSystem } from "@/lib/auth/context";
import { invite } from "@/lib/auth/team/invite";
import { reconcileCalls } from "@/lib/calls/reconcile-calls";
import { getTestCalls, startTestCall } from "@/lib/calls/start-test-call";
import { voiceProvider } from "@/lib/channels/voice/provider-api";
import { setFrozen } from "@/lib/credits/set-frozen";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { getGarageSettings, saveGarageSettings } from "@/lib/garage/garage-settings";
import { getPersonaSettings, savePersonaSettings } from "@/lib/garage/persona-settings";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { givenMember } from "../factories/buyer";
import { type Garage, givenGarage } from "../factories/garage";
import { asMember, testContext } from "../factories/ledger";
import { lettersTo } from "../factories/mailed-links";
import { endOfCallReport, type Json, statusUpdate, toolCalls } from "../factories/vapi";
import { deliver } from "../factories/voice-delivery";
import { balanceOf, callOf, interactionOf, usageOf } from "../factories/voice-rows";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";

const sandbox = await startSandbox({ port: 0, smtpPort: 0 });
Object.assign(process.env, environmentOf(sandbox));
const { control } = sandbox;
const ctx = testContext(new Date("2026-11-26T10:00:00Z"));

beforeEach(() => control.reset());
afterAll(async () => {
  await sandbox.stop();
  await closePool();
});

const MOBILE = "07700 900123";

/** A garage whose line the provider has. */
async function givenLine(options: Parameters<typeof givenGarage>[1] = {}): Promise<Garage> {
  const garage = await givenGarage(ctx, options);
  await control.addLine({
    slug: `line-${garage.orgId}`,
    phone: garage.number,
    vapiNumberId: garage.phoneNumberId,
  });
  return garage;
}

const start = ({ orgId }: Garage, input: { id?: string; number?: string; line?: string } = {}) =>
  startTestCall(asMember(ctx, orgId), { orgId, id: newId(), number: MOBILE, ...input }, voiceProvider);

const made = async () => {
  const [call, ...others] = await control.requests({ provider: "vapi", type: "create" });
  return { body: call?.body as { assistant: Json; customer: Json; phoneNumberId: string }, others };
};

const costOf = async (orgId: string) =>
  (await prisma().testCall.findMany({ where: { orgId } })).map(({ status, costMicroUsd }) => ({
    status,
    costMicroUsd,
  }));

test("a test call rings the member's telephone with the whole assistant, once for a wish", async () => {
  const garage = await givenLine();
  const id = newId();
  const first = await start(garage, { id });
  expect(first).toMatchObject({
    call: { id, number: "+447700900123", status: "ringing" },
    customersHear: "assistant",
  });
  expect((await start(garage, { id })).call.id).toBe(id);
  const { body, others } = await made();
  expect(others).toEqual([]);
  expect(body).toMatchObject({
    phoneNumberId: garage.phoneNumberId,
    customer: { number: "+447700900123" },
    assistant: {
      firstMessage: "Thanks for calling, this is Ava. How can I help?",
      metadata: { orgId: garage.orgId, billable: false, test: true, testCallId: id },
    },
  });
});

test("it settles nothing, stands in no log and no figure, and its cost is kept as ours; told twice it is kept once", async () => {
  const garage = await givenLine({ credits: 10 });
  const { orgId } = garage;
  const id = newId();
  await start(garage, { id });
  const { assistant } = (await made()).body;
  const call = { id: newId(), called: garage.number, type: "outboundPhoneCall", assistant };
  await deliver(ctx, statusUpdate("in-progress", call));
  expect((await getTestCalls(asMember(ctx, orgId), orgId)).latest?.status).toBe("in-progress");
  const booking = { name: "book_appointment", args: { name: "Jo", startsAt: "2026-11-27T10:00" } };
  const { results } = await deliver(ctx, toolCalls([booking], call));
  expect(results).toEqual([expect.objectContaining({ error: expect.stringContaining("test call") })]);
  await deliver(ctx, endOfCallReport(call, { cost: 0.12 }));
  await deliver(ctx, endOfCallReport(call, { cost: 0.34 }));
  // The provider's word alone is enough: the assistant's metadata may be lost on the way.
  await deliver(ctx, endOfCallReport({ ...call, assistant: {} }, { cost: 0.56 }));
  await deliver(ctx, statusUpdate("ended", call));
  expect(await costOf(orgId)).toEqual([{ status: "ended", costMicroUsd: 120_000n }]);
  expect(await balanceOf(orgId)).toBe(credits(10));
  expect(await usageOf(orgId)).toEqual([]);
  expect(await interactionOf(orgId, call.id)).toBeNull();
  expect(await callOf(orgId, call.id)).toBeNull();
  expect(await prisma().appointment.count({ where: { orgId } })).toBe(0);
});

test("a lost report is fetched like every other, and settles nothing then", async () => {
  const garage = await givenLine({ credits: 10 });
  await start(garage);
  const [call] = await control.calls();
  await control.hangUp(call?.id ?? "", { seconds: 30 });
  await control.dropDeliveries();
  ctx.travel(new Date(Date.now() + 600_000));
  await reconcileCalls({ ...ctx, actor: { kind: "system", name: "test" } }, voiceProvider);
  expect(await costOf(garage.orgId)).toEqual([{ status: "ended", costMicroUsd: expect.any(BigInt) }]);
  expect(await balanceOf(garage.orgId)).toBe(credits(10));
  expect(await callOf(garage.orgId, call?.id ?? "")).toBeNull();
  ctx.travel(new Date("2026-11-26T10:00:00Z"));
});

test("a garage without credits hears its whole assistant too, and is told that customers hear the message-taker", async () => {
  const garage = await givenLine({ credits: 0 });
  expect((await start(garage)).customersHear).toBe("message-taker");
  expect((await made()).body.assistant.firstMessage).toBe("Thanks for calling, this is Ava. How can I help?");
});

test.each(["past_due", "canceled", "demo"] as const)(
  "an owner whose subscription is %s changes what the garage says, invites, and hears it",
  async (state) => {
    const garage = await givenLine({ state, credits: 0 });
    const { orgId } = garage;
    const { member: owner } = await givenMember(ctx, orgId, "owner");
    const settings = await getGarageSettings(owner, orgId);
    await saveGarageSettings(owner, orgId, { ...settings, name: "Still Here Motors" });
    const { choices: _, ...persona } = await getPersonaSettings(owner, orgId);
    await savePersonaSettings(owner, orgId, { ...persona, greeting: "Still here." });
    const email = `${newId()}@example.test`;
    await invite(owner, orgId, { email, role: "advisor" });
    expect(await lettersTo(email)).toMatchObject([{ letter: "invitation" }]);
    const { customersHear } = await startTestCall(
      owner,
      { orgId, id: newId(), number: MOBILE },
      voiceProvider,
    );
    expect(customersHear).toBe(state === "demo" ? "assistant" : "message-taker");
    expect((await made()).body.assistant.firstMessage).toBe("Still here.");
    expect(await balanceOf(orgId)).toBe(credits(0));
  },
);

test("only who manages settings may, for their own garage, to an ordinary UK number, from a line, six times an hour", async () => {
  const garage = await givenLine();
  const { orgId } = garage;
  const ask = (role: "advisor" | "technician", org = orgId) =>
    startTestCall(asMember(ctx, org, role), { orgId, id: newId(), number: MOBILE }, voiceProvider);
  await expect(ask("advisor")).rejects.toMatchObject({ code: "forbidden" });
  await expect(ask("technician")).rejects.toMatchObject({ code: "forbidden" });
  await expect(ask("advisor", newId())).rejects.toMatchObject({ code: "not_found" });
  for (const number of [
    "",
    "12",
    "+1 202 555 0142",
    "0909 879 0000",
    "01534 712345",
    "07781 123456",
    garage.number,
    (await givenGarage(ctx)).number,
  ])
    await expect(start(garage, { number })).rejects.toMatchObject({ code: "invalid_input", field: "number" });
  await expect(start(garage, { line: "somebody-else" })).rejects.toMatchObject({ code: "conflict" });
  expect(await control.count({ provider: "vapi", type: "create" })).toBe(0);
  for (let asked = 0; asked < 6; asked += 1) await start(garage);
  await expect(start(garage)).rejects.toMatchObject({ code: "rate_limited" });
});

test("a garage that support has stopped rings nobody until it goes on", async () => {
  const garage = await givenLine();
  const stop = (frozen: boolean) =>
    setFrozen(asSystem(ctx, "test"), { orgId: garage.orgId, frozen, reason: "review" });
  await stop(true);
  await expect(start(garage)).rejects.toMatchObject({ code: "forbidden" });
  expect(await control.count({ provider: "vapi", type: "create" })).toBe(0);
  await stop(false);
  await start(garage);
  expect(await control.count({ provider: "vapi", type: "create" })).toBe(1);
});

test("a provider that refuses, or does not answer, is said, and nothing is left ringing", async () => {
  const garage = await givenGarage(ctx);
  const { orgId } = garage;
  const line = async () => (await getTestCalls(asMember(ctx, orgId), orgId)).line;
  expect(await line()).toBe("connected");
  await prisma().channelNumber.updateMany({ where: { orgId }, data: { connectedAt: null } });
  expect(await line()).toBe("assigned");
  await prisma().channelNumber.updateMany({ where: { orgId }, data: { connectedAt: ctx.now() } });
  await expect(start(garage)).rejects.toMatchObject({ code: "conflict" });
  await control.addLine({ slug: "late", phone: garage.number, vapiNumberId: garage.phoneNumberId });
  await control.behave({ provider: "vapi", on: "rest", effect: { kind: "http", status: 503 } });
  await expect(start(garage)).rejects.toMatchObject({ code: "unavailable" });
  expect((await costOf(garage.orgId)).map(({ status }) => status)).toEqual(["failed", "failed"]);
});
