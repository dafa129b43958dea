import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenSharedGarage, type SharedGarage } from "../factories/shared-garage";
import { inboundSms, newSid, smsStatus, someNumber, twilioPost, twilioSignature } from "../factories/twilio";
import { request } from "../support/app";

const PATH = "/api/webhooks/sms";

let garage: SharedGarage;
beforeAll(async () => {
  garage = await givenSharedGarage(systemContext("test"));
});
afterAll(closePool);

test("a signed text is stored once, answered with empty TwiML and a canned message of its own", async () => {
  const fields = inboundSms({ To: garage.phone, From: someNumber(), Body: "Are you open? + & ü" });
  for (let times = 0; times < 2; times += 1) {
    const answer = await request(PATH, twilioPost(PATH, fields));
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/xml; charset=utf-8"]);
    expect(await answer.text()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  }
  const stored = await prisma().message.findMany({ where: { providerId: String(fields.MessageSid) } });
  expect(stored).toMatchObject([{ body: "Are you open? + & ü", degraded: true }]);
  expect(await prisma().message.count({ where: { sourceKey: `canned:${stored[0]?.id}` } })).toBe(1);
});

test("a forged text, or one signed for another address, is refused", async () => {
  const fields = inboundSms({ To: garage.phone, From: someNumber(), Body: "Hi" });
  const forged = { "x-twilio-signature": `${"A".repeat(27)}=` };
  expect((await request(PATH, twilioPost(PATH, fields, forged))).status).toBe(401);
  const elsewhere = { "x-twilio-signature": twilioSignature(`${PATH}/status`, fields) };
  expect((await request(PATH, twilioPost(PATH, fields, elsewhere))).status).toBe(401);
  expect((await request(PATH, { ...twilioPost(PATH, fields), headers: {} })).status).toBe(401);
});

test("a status callback is verified with its query, and answered without content", async () => {
  const path = `${PATH}/status?message=${newId()}`;
  const fields = smsStatus({ From: garage.phone, MessageSid: newSid(), MessageStatus: "delivered" });
  const answer = await request(path, twilioPost(path, fields));
  expect([answer.status, await answer.text()]).toEqual([204, ""]);
  expect((await request(`${PATH}/status?message=${newId()}`, twilioPost(path, fields))).status).toBe(401);
});
