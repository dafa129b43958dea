import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OutboundMessage } from "@/lib/inbox/core/message";
import { twilioErrors } from "./errors";
import { sendSms } from "./send";

const MESSAGE_ID = "0198e1a0-0000-7000-8000-000000000001";
const message: OutboundMessage = {
  orgId: "0198e1a0-0000-7000-8000-000000000000",
  messageId: MESSAGE_ID,
  channel: "sms",
  identity: "+441134960001",
  to: { externalId: "+447700900123", phone: "+447700900123" },
  body: "Hi! We’ve received your message and our team will get back to you shortly.",
};

const asked: { url: string; authorization: string; form: URLSearchParams }[] = [];
let answer: (response: ServerResponse) => void;

async function listen(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { url = "", headers } = request;
  asked.push({ url, authorization: headers.authorization ?? "", form: new URLSearchParams(body) });
  answer(response);
}

const server = createServer((request, response) => void listen(request, response));
server.keepAliveTimeout = 60_000; // longer than its client waits between two requests, however busy the machine

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  process.env.TWILIO_API_BASE = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/twilio`;
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => server.close());

const answers = (status: number, body: unknown): void => {
  answer = (response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
};

const taken = (fields: object = {}) => ({ sid: "SM1", status: "queued", num_segments: "1", ...fields });
const error = (code: unknown, status: number) => ({ code, message: "x", more_info: "https://x", status });

describe("a send", () => {
  test("asks Twilio once, at the configured address, with a status callback that names our message", async () => {
    answers(201, taken());
    expect(await sendSms(message, 1)).toEqual({ kind: "sent", providerId: "SM1", segments: 1 });
    expect(asked).toHaveLength(1);
    const [request] = asked;
    const account = process.env.TWILIO_ACCOUNT_SID;
    expect(request?.url).toBe(`/twilio/2010-04-01/Accounts/${account}/Messages.json`);
    expect(request?.authorization).toMatch(/^Basic /);
    expect(Object.fromEntries(request?.form ?? [])).toEqual({
      To: "+447700900123",
      From: "+441134960001",
      Body: message.body,
      SmartEncoded: "true",
      StatusCallback: `${process.env.APP_URL}/api/webhooks/sms/status?message=${MESSAGE_ID}`,
    });
  });

  test("through a Messaging Service names the service instead of a number", async () => {
    answers(201, taken());
    await sendSms({ ...message, identity: `MG${"b".repeat(32)}` }, 1);
    expect(asked[0]?.form.get("MessagingServiceSid")).toBe(`MG${"b".repeat(32)}`);
    expect(asked[0]?.form.has("From")).toBe(false);
  });

  test.each([
    ["0", "x".repeat(161), 2],
    ["3", "short", 3],
    [null, message.body, 1],
  ])("counts its segments itself where Twilio says %j", async (num_segments, body, segments) => {
    answers(201, taken({ num_segments }));
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
    answers(400, error(code, 400));
    for (const attempt of [1, 8])
      expect(await sendSms(message, attempt)).toMatchObject({ kind: "failed", code, next });
    expect(asked).toHaveLength(2);
  });

  test.each(RETRIED)("%i (HTTP %i) is tried again, after %j ms", async (code, status, waits) => {
    answers(status, error(code, status));
    for (const [index, afterMs] of waits.entries()) {
      expect(await sendSms(message, index + 1)).toMatchObject({ kind: "retry", code, afterMs });
    }
  });

  test("30003 is tried once more, and then told to staff", async () => {
    answers(400, error(30003, 400));
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
    ["an internal error, which Twilio says may have been sent", 500, error(20500, 500)],
    ["a gateway's page", 502, "<html>"],
    ["a 201 without an id", 201, {}],
    ["a 201 that is no JSON", 201, "<html>"],
  ])("%s is told to staff, and not sent again", async (_, status, body) => {
    answers(status, body);
    expect(await sendSms(message, 1)).toMatchObject(unknown);
    expect(asked).toHaveLength(1);
  });

  test("a broken connection is told to staff", async () => {
    answer = (response) => void response.destroy();
    expect(await sendSms(message, 1)).toMatchObject(unknown);
    expect(asked).toHaveLength(1);
  });

  test("a refusal without a code was not sent", async () => {
    answers(404, "nothing here");
    const reason = "Twilio refused this message without a reason.";
    expect(await sendSms(message, 1)).toMatchObject({ kind: "failed", reason });
  });
});
