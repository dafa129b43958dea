import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { twilioErrors } from "@/lib/channels/sms/errors";
import { sendSms } from "@/lib/channels/sms/send";
import type { OutboundMessage } from "@/lib/inbox/core/message";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";

// What the sender makes of each answer of Twilio's; tests/db has what follows from it.

const MESSAGE_ID = "0198e1a0-0000-7000-8000-000000000001";
const message: OutboundMessage = {
  orgId: "0198e1a0-0000-7000-8000-000000000000",
  messageId: MESSAGE_ID,
  channel: "sms",
  identity: "+441134960001",
  to: { externalId: "+447700900123", phone: "+447700900123" },
  body: "Hi! We’ve received your message and our team will get back to you shortly.",
};

const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:1" });
Object.assign(process.env, environmentOf(sandbox));
const { control } = sandbox;

beforeEach(async () => {
  await control.reset();
  await control.settings({ delivery: "manual" });
});
afterAll(sandbox.stop);

type Behaviour = Parameters<typeof control.behave>[0];
const twilio = (effect: Behaviour["effect"]) =>
  control.behave({ provider: "twilio", on: "send", times: null, effect });
const answers = (status: number, body: unknown) => twilio({ kind: "http", status, body });
const refuses = (code: number) => twilio({ kind: "error", code });
const JSON_TYPE = { "content-type": "application/json" };
const asked = () => control.requests({ provider: "twilio", direction: "in" });

describe("a send", () => {
  test("asks Twilio once, at the configured address, with a status callback that names our message", async () => {
    const sent = await sendSms(message, 1);
    const requests = await asked();
    expect(requests).toHaveLength(1);
    const [request] = requests;
    expect(sent).toEqual({
      kind: "sent",
      providerId: (request?.reply as { sid: string } | undefined)?.sid,
      segments: 1,
    });
    const account = process.env.TWILIO_ACCOUNT_SID;
    expect(request?.path).toBe(`/2010-04-01/Accounts/${account}/Messages.json`);
    expect(request?.headers.authorization).toMatch(/^Basic /);
    expect(request?.body).toEqual({
      To: "+447700900123",
      From: "+441134960001",
      Body: message.body,
      SmartEncoded: "true",
      StatusCallback: `${process.env.APP_URL}/api/webhooks/sms/status?message=${MESSAGE_ID}`,
    });
  });

  test("through a Messaging Service names the service instead of a number", async () => {
    const identity = `MG${"b".repeat(32)}`;
    await control.addLine({ slug: "brightside", phone: message.identity, messagingServiceSid: identity });
    expect(await sendSms({ ...message, identity }, 1)).toMatchObject({ kind: "sent" });
    const [request] = await asked();
    expect(request?.body).toMatchObject({ MessagingServiceSid: identity });
    expect(request?.body).not.toHaveProperty("From");
  });

  test.each([
    ["0", "x".repeat(161), 2],
    ["3", "short", 3],
    [null, message.body, 1],
  ])("counts its segments itself where Twilio says %j", async (num_segments, body, segments) => {
    await answers(201, { sid: "SM1", status: "queued", num_segments });
    expect(await sendSms({ ...message, body }, 1)).toMatchObject({ segments });
  });
});

describe("Twilio's error", () => {
  const FINAL: [number, string][] = [
    [21610, "opted-out"],
    [21211, "tell-staff"],
    [21614, "tell-staff"],
    [21635, "tell-staff"],
    [21408, "tell-staff"],
    [21612, "tell-staff"],
    [21608, "tell-staff"],
    [21617, "tell-staff"],
    [21602, "tell-staff"],
    [21606, "alert-operator"],
    [21659, "alert-operator"],
    [21660, "alert-operator"],
    [21609, "alert-operator"],
    [20003, "alert-operator"],
    [30002, "alert-operator"],
    [30004, "tell-staff"],
    [30005, "tell-staff"],
    [30006, "tell-staff"],
    [30007, "alert-operator"],
    [30008, "tell-staff"],
    [30034, "alert-operator"],
    [30032, "alert-operator"],
    [30453, "alert-operator"],
    [63016, "tell-staff"],
    [11200, "alert-operator"],
    [11205, "alert-operator"],
    [12300, "alert-operator"],
  ];
  const RETRIED: [number, number, number[]][] = [
    [20429, 429, [2_000, 4_000, 8_000]],
    [20503, 503, [2_000, 4_000, 8_000]],
    [21611, 400, [60_000, 120_000, 240_000]],
    [30001, 400, [60_000, 120_000, 240_000]],
  ];

  test.each([...FINAL, [29_999, "tell-staff"] as [number, string]])("%i is final: %s", async (code, next) => {
    await refuses(code);
    for (const attempt of [1, 8])
      expect(await sendSms(message, attempt)).toMatchObject({ kind: "failed", code, next });
    expect(await asked()).toHaveLength(2);
  });

  test.each(RETRIED)("%i (HTTP %i) is tried again, after %j ms", async (code, status, waits) => {
    await refuses(code);
    for (const [index, afterMs] of waits.entries()) {
      expect(await sendSms(message, index + 1)).toMatchObject({ kind: "retry", code, afterMs });
    }
    expect((await asked()).map((request) => request.status)).toEqual(waits.map(() => status));
  });

  test("30003 is tried once more, and then told to staff", async () => {
    await refuses(30003);
    expect(await sendSms(message, 1)).toMatchObject({ kind: "retry", code: 30003, afterMs: 60_000 });
    expect(await sendSms(message, 2)).toMatchObject({ kind: "failed", code: 30003, next: "tell-staff" });
  });

  test("has a row above for every code of the table", () => {
    const rows = [...FINAL.map(([code]) => code), ...RETRIED.map(([code]) => code), 30003];
    expect(twilioErrors.codes).toEqual(rows.sort((a, b) => a - b));
  });
});

describe("an answer that decides nothing", () => {
  const unknown = {
    kind: "failed",
    next: "tell-staff",
    reason: expect.stringMatching(/^It is not known whether/),
  };

  test.each([
    ["an internal error, which Twilio says may have been sent", { kind: "error", code: 20500 }],
    ["a gateway's page", { kind: "http", status: 502, body: "<html>" }],
    ["a 201 without an id", { kind: "http", status: 201, body: {} }],
    ["a 201 that is no JSON", { kind: "http", status: 201, body: "<html>", headers: JSON_TYPE }],
    ["a broken connection", { kind: "hang-up" }],
  ] satisfies [string, Behaviour["effect"]][])(
    "%s is told to staff, and not sent again",
    async (_, effect) => {
      await twilio(effect);
      expect(await sendSms(message, 1)).toMatchObject(unknown);
      expect(await asked()).toHaveLength(1);
    },
  );

  test("a refusal without a code was not sent", async () => {
    await answers(404, "nothing here");
    const reason = "Twilio refused this message without a reason.";
    expect(await sendSms(message, 1)).toMatchObject({ kind: "failed", reason });
  });
});
