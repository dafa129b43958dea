import { describe, expect, test } from "vitest";
import { startTestCall } from "@/lib/calls/start-test-call";
import { lineProviders } from "@/lib/channels/lines";
import { voiceProvider } from "@/lib/channels/voice/provider-api";
import { prisma } from "@/lib/db/prisma";
import { findGarage } from "@/lib/garage/find-garage";
import type { LineChannel } from "@/lib/garage/line";
import { checkLine } from "@/lib/lines/check-line";
import { connectLine } from "@/lib/lines/connect-line";
import { disconnectLine } from "@/lib/lines/disconnect-line";
import { getLine, listLines } from "@/lib/lines/list-lines";
import { newId } from "@/lib/shared/ids";
import { moveLine } from "@/lib/support/move-line";
import { asSupport } from "../factories/ledger";
import { type LineGarage, linesOfSandbox } from "../factories/lines";

const { context, control, given, owner, keyOf, check, assignedOnly, travel } = linesOfSandbox();

const codes = async (garage: LineGarage, channel: LineChannel) =>
  (await check(garage, channel)).problems.map(({ code }) => code).filter((code) => code !== "never-reached");
const connect = (garage: LineGarage, channel: LineChannel, takeOver = false) =>
  connectLine(owner(garage.orgId), lineProviders, { ...keyOf(garage, channel), takeOver });

describe("checking a line", () => {
  test("tells what each provider says of a line that is well", async () => {
    const garage = await given();
    const lines = await Promise.all((["voice", "whatsapp", "sms"] as const).map((one) => check(garage, one)));
    expect(lines.map(({ details, number, checkedAt }) => [number, checkedAt !== null, details])).toEqual([
      [
        garage.phone,
        true,
        [
          { label: "Number", value: "Active" },
          { label: "Delivers to", value: "Torqueflow" },
        ],
      ],
      [
        garage.phone,
        true,
        [
          { label: "Registration", value: "Registered" },
          { label: "Name", value: `${garage.name}, approved` },
          { label: "Quality", value: "High" },
          { label: "May write first to", value: "1,000 people a day" },
          { label: "Delivers to", value: "Torqueflow" },
        ],
      ],
      [
        garage.phone,
        true,
        [
          { label: "Texts", value: "Can be sent and received" },
          { label: "Delivers to", value: "Torqueflow" },
        ],
      ],
    ]);
    for (const { problems } of lines) expect(problems.map(({ code }) => code)).toEqual(["never-reached"]);
  });

  test.each([
    ["voice", { voice: { gone: true } }, ["not-ours"]],
    ["voice", { voice: { status: "blocked" } }, ["blocked"]],
    ["voice", { voice: { assistantId: "a" } }, ["other-assistant"]],
    ["voice", { voice: { serverUrl: "https://other.example/vapi" } }, ["points-elsewhere"]],
    ["voice", { voice: { serverUrl: "" } }, ["points-nowhere"]],
    ["voice", { voice: { status: "hibernating" } }, ["unknown-word"]],
    ["whatsapp", { whatsapp: { gone: true } }, ["not-ours"]],
    ["whatsapp", { whatsapp: { quality_rating: "RED" } }, ["quality-red"]],
    ["whatsapp", { whatsapp: { quality_rating: "ULTRAVIOLET" } }, ["unknown-word"]],
    ["whatsapp", { whatsapp: { subscribed: false } }, ["not-subscribed"]],
    ["whatsapp", { whatsapp: { webhook: "https://other.example/x" } }, ["points-elsewhere"]],
    ["sms", { sms: { gone: true } }, ["not-ours"]],
    ["sms", { sms: { capable: false } }, ["no-sms"]],
    ["sms", { sms: { sms_url: "https://demo.twilio.com/welcome/sms/reply/" } }, ["points-nowhere"]],
    ["sms", { sms: { sms_url: "not an address" } }, ["points-elsewhere"]],
  ] as const)("of %s finds %j", async (channel, health, expected) => {
    const garage = await given();
    await control().setHealth(garage.slug, health);
    expect(await codes(garage, channel)).toEqual(expected);
  });

  test.each([
    ["voice", "vapi", { kind: "http", status: 401 }, "token-refused"],
    ["voice", "vapi", { kind: "http", status: 503 }, "no-answer"],
    ["voice", "vapi", { kind: "http", status: 200, body: "<html>" }, "no-answer"],
    ["voice", "vapi", { kind: "hang-up" }, "no-answer"],
    ["whatsapp", "meta", { kind: "error", code: 190 }, "token-refused"],
    ["whatsapp", "meta", { kind: "error", code: 4 }, "no-answer"],
    ["whatsapp", "meta", { kind: "http", status: 200, body: [] }, "no-answer"],
    ["sms", "twilio", { kind: "error", code: 20003 }, "token-refused"],
    ["sms", "twilio", { kind: "http", status: 500, body: "<html>" }, "no-answer"],
  ] as const)(
    "of %s at %s that answers %j says so, and keeps what was known",
    async (channel, provider, effect, code) => {
      const garage = await given();
      await check(garage, channel);
      await control().behave({ provider, on: "number", times: null, effect });
      const start = context().now();
      travel(61);
      const line = await check(garage, channel);
      expect(line.problems.map((one) => one.code)).toContain(code);
      expect([line.failingSince, line.checkedAt]).toEqual([
        context().now().toISOString(),
        start.toISOString(),
      ]);
      expect(line.details.length).toBeGreaterThan(0);
      await control().clearBehaviours();
      travel(61);
      expect(await check(garage, channel)).toMatchObject({ failingSince: null });
    },
  );

  test("a provider that never answers is given up, and holds no other line up", async () => {
    const garage = await given();
    await control().behave({ provider: "meta", on: "number", times: null, effect: { kind: "timeout" } });
    const [whatsapp, voice] = await Promise.all([check(garage, "whatsapp"), check(garage, "voice")]);
    expect(whatsapp.problems.map(({ code }) => code)).toContain("no-answer");
    expect(voice.failingSince).toBeNull();
  });

  test("asks a provider once a minute, and again when somebody wants to", async () => {
    const garage = await given();
    await check(garage, "sms");
    await check(garage, "sms");
    expect(await control().count({ provider: "twilio", type: "numbers" })).toBe(1);
    await check(garage, "sms", true);
    expect(await control().count({ provider: "twilio", type: "numbers" })).toBe(1);
    travel(4);
    await check(garage, "sms", true);
    expect(await control().count({ provider: "twilio", type: "numbers" })).toBe(2);
  });

  test("is refused to an advisor, and finds no line of another garage", async () => {
    const [garage, other] = [await given(), await given()];
    await expect(listLines(owner(garage.orgId, "advisor"), garage.orgId)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(listLines(owner(other.orgId), garage.orgId)).rejects.toMatchObject({ code: "not_found" });
    const theirs = { ...keyOf(garage, "sms"), orgId: other.orgId };
    await expect(
      checkLine(owner(other.orgId), lineProviders, { ...theirs, again: true }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(disconnectLine(owner(other.orgId), theirs)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("connecting a line", () => {
  test.each(["voice", "whatsapp", "sms"] as const)(
    "%s: the provider delivers to us from then on, the garage is served, and the audit says who did it",
    async (channel) => {
      const garage = await given();
      await assignedOnly(garage);
      await control().setHealth(garage.slug, {
        voice: { serverUrl: "", assistantId: "somebody" },
        whatsapp: { subscribed: false },
        sms: { sms_url: "" },
      });
      const outcome = await connect(garage, channel);
      expect(outcome).toMatchObject({ kind: "connected", line: { state: "connected" } });
      travel(61);
      expect(await codes(garage, channel)).toEqual([]);
      if (channel !== "voice")
        expect(await findGarage(context(), channel, keyOf(garage, channel).identity)).toMatchObject({
          orgId: garage.orgId,
        });
      const acts = await prisma().auditAct.findMany({
        where: { orgId: garage.orgId, action: "line/connected" },
      });
      expect(acts).toMatchObject([{ before: { connected: false }, after: { connected: true } }]);
      await connect(garage, channel);
      expect(
        await prisma().auditAct.count({ where: { orgId: garage.orgId, action: "line/connected" } }),
      ).toBe(1);
    },
  );

  test("a number whose id at the provider nobody has said is rung from once it is connected", async () => {
    const garage = await given();
    const { orgId, vapiNumberId } = garage;
    await assignedOnly(garage);
    await prisma().channelNumber.deleteMany({ where: { orgId, identity: vapiNumberId } });
    const ring = () =>
      startTestCall(owner(orgId), { orgId, id: newId(), number: "07700 900123" }, voiceProvider);
    await expect(ring()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("not connected yet"),
    });
    await connect(garage, "voice");
    expect(await ring()).toMatchObject({ call: { status: "ringing" } });
  });

  test("asks before it takes a number over from another system, and changes nothing until then", async () => {
    const garage = await given();
    await assignedOnly(garage);
    await control().setHealth(garage.slug, { sms: { sms_url: "https://other.example/sms" } });
    expect(await connect(garage, "sms")).toEqual({ kind: "elsewhere", to: "other.example" });
    expect(await control().count({ type: "change-number" })).toBe(0);
    expect(await getLine(owner(garage.orgId), garage.orgId, keyOf(garage, "sms"))).toMatchObject({
      state: "assigned",
    });
    expect(await connect(garage, "sms", true)).toMatchObject({ kind: "connected" });
  });

  test.each([
    ["voice", { voice: { gone: true } }, /no such number in Torqueflow’s account/],
    ["whatsapp", { whatsapp: { status: "PENDING" } }, /not registered with WhatsApp/],
    ["whatsapp", { whatsapp: { webhook: "https://other.example/x" } }, /go to other\.example/],
    ["sms", { sms: { capable: false } }, /cannot send or receive texts/],
  ] as const)("%s with %j is refused with the reason, and stays assigned", async (channel, health, why) => {
    const garage = await given();
    await assignedOnly(garage);
    await control().setHealth(garage.slug, health);
    await expect(connect(garage, channel, true)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(why),
    });
    expect(
      await prisma().channelNumber.count({ where: { orgId: garage.orgId, connectedAt: { not: null } } }),
    ).toBe(0);
  });

  test("a provider that does not answer changes nothing", async () => {
    const garage = await given();
    await assignedOnly(garage);
    await control().behave({ provider: "vapi", on: "number", effect: { kind: "hang-up" } });
    await expect(connect(garage, "voice")).rejects.toMatchObject({ code: "unavailable" });
  });

  test("a line that support moves meanwhile is not connected to the garage that has lost it", async () => {
    const [garage, other] = [await given(), await given()];
    await assignedOnly(garage);
    const provider = {
      ...lineProviders.sms,
      pointHere: async (line: Parameters<typeof lineProviders.sms.pointHere>[0]) => {
        const answer = await lineProviders.sms.pointHere(line);
        const act = { channel: "sms", identity: line.identity, key: newId(), reason: "moved" } as const;
        await moveLine(asSupport(context()), { ...act, to: other.orgId });
        return answer;
      },
    };
    await expect(
      connectLine(
        owner(garage.orgId),
        { ...lineProviders, sms: provider },
        { ...keyOf(garage, "sms"), takeOver: false },
      ),
    ).rejects.toMatchObject({ code: "not_found" });
    const rows = await prisma().channelNumber.findMany({ where: { channel: "sms", identity: garage.phone } });
    expect(rows).toMatchObject([{ orgId: other.orgId, connectedAt: null }]);
  });

  test("disconnecting ends the use at once; connecting again brings it back", async () => {
    const garage = await given();
    expect(await disconnectLine(owner(garage.orgId), keyOf(garage, "sms"))).toMatchObject({
      state: "assigned",
    });
    expect(await findGarage(context(), "sms", garage.phone)).toBeUndefined();
    expect(await connect(garage, "sms")).toMatchObject({ kind: "connected" });
    expect(await findGarage(context(), "sms", garage.phone)).toMatchObject({ orgId: garage.orgId });
  });
});
