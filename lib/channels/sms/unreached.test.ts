import { expect, test } from "vitest";
import { sendSms } from "./send";

test("a text that never reached Twilio is tried again", async () => {
  process.env.TWILIO_API_BASE = "http://127.0.0.1:1";
  const to = { externalId: "+447700900123", phone: "+447700900123" };
  const orgId = "0198e1a0-0000-7000-8000-000000000000";
  const message = {
    orgId,
    messageId: orgId,
    channel: "sms",
    identity: "+441134960001",
    to,
    body: "Hi",
  } as const;
  expect(await sendSms(message, 3)).toMatchObject({ kind: "retry", afterMs: 15_000 });
});
