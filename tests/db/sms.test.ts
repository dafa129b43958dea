import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/sms/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import {
  type Fields,
  formOf,
  inboundSms,
  newSid,
  someNumber,
  twilioPost,
  twilioSignature,
} from "../factories/twilio";

const ctx = systemContext("test");
const PATH = "/api/webhooks/sms";

let garage: GivenOrganisation;
let exhausted: GivenOrganisation;
beforeAll(async () => {
  garage = await givenOrganisation(ctx, { purchased: 100 });
  exhausted = await givenOrganisation(ctx);
});
afterAll(closePool);

/** The address the request claims is never the one it is verified against. */
const request = (init: RequestInit) => POST(new Request(`http://internal.invalid:9${PATH}`, init));
const post = (fields: Fields, headers: Record<string, string> = {}) =>
  request(twilioPost(PATH, fields, headers));

type Given = Partial<Record<string, string>>;
const sms = (given: Given = {}): Fields => {
  const fields = inboundSms({ To: garage.phone, From: someNumber(), Body: "Are you open on Sunday?" });
  return { ...fields, ...given } as Fields;
};
const sidOf = (fields: Fields): string => String(fields.MessageSid);

const stored = (fields: Fields) =>
  prisma().message.findFirst({
    where: { providerId: sidOf(fields) },
    include: { conversation: { include: { contact: { include: { consents: true } }, messages: true } } },
  });

const interactions = (fields: Fields) =>
  prisma().interaction.findMany({ where: { providerRef: sidOf(fields) } });

describe("a text", () => {
  test("is stored and answered with empty TwiML", async () => {
    const fields = sms({ Body: "Hi, are you open? £5 & <b>" });
    const answer = await post(fields);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/xml/);
    expect(await answer.text()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
    const message = await stored(fields);
    expect(message).toMatchObject({ orgId: garage.orgId, type: "text", body: "Hi, are you open? £5 & <b>" });
    expect(message?.conversation).toMatchObject({
      channel: "sms",
      identity: garage.phone,
      windowEndsAt: null,
    });
    expect(message?.conversation.contact).toMatchObject({ externalId: fields.From, phone: fields.From });
    expect(await interactions(fields)).toMatchObject([{ channel: "sms", mode: "full" }]);
  });

  test("from a number without a country code is from somebody of the garage's country", async () => {
    const from = someNumber();
    const national = sms({ From: from.replace("+44", "0") });
    expect((await post(national)).status).toBe(200);
    const { contact } = (await stored(national))?.conversation ?? {};
    expect(contact).toMatchObject({ externalId: from, phone: from });
    const again = sms({ From: from });
    await post(again);
    expect((await stored(again))?.conversation.contact.id).toBe(contact?.id);
  });

  test("is stored once, at the first address and at the fallback, however often it comes", async () => {
    const fields = sms();
    const again = { ...fields, ErrorCode: "11200", ErrorUrl: `${process.env.APP_URL}${PATH}` };
    const answers = await Promise.all([post(fields), post(again), post(fields), post(again)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await prisma().message.count({ where: { providerId: sidOf(fields) } })).toBe(1);
    expect(await interactions(fields)).toHaveLength(1);
  });

  test("without credits gets the canned sentence alone, and goes to staff", async () => {
    const fields = sms({ To: exhausted.phone });
    await post(fields);
    const message = await stored(fields);
    expect(message).toMatchObject({ degraded: true, degradationReason: "credit-exhaustion" });
    const conversation = message?.conversation;
    expect(conversation).toMatchObject({ needsAttention: true, attentionReason: "credit-exhaustion" });
    const replies = conversation?.messages.filter(({ direction }) => direction === "outbound");
    expect(replies).toMatchObject([
      {
        author: "canned",
        body: "Hi! We’ve received your message and our team will get back to you shortly.",
      },
    ]);
  });

  test("with pictures keeps where they are", async () => {
    const media = { NumMedia: "2", MediaUrl0: "https://api.twilio.com/0", MediaContentType0: "image/jpeg" };
    const fields = sms({
      Body: "",
      ...media,
      MediaUrl1: "https://api.twilio.com/1",
      MediaContentType1: "video/mp4",
    });
    await post(fields);
    expect(await stored(fields)).toMatchObject({
      type: "image",
      body: "Picture",
      parts: {
        media: [
          { url: "https://api.twilio.com/0", mimeType: "image/jpeg" },
          { url: "https://api.twilio.com/1", mimeType: "video/mp4" },
        ],
      },
    });
  });

  test.each(["0", "-4", "1e9", "999999999", "ten"])(
    "that counts %j files has those that are there",
    async (NumMedia) => {
      const fields = sms({ NumMedia, MediaUrl0: "https://api.twilio.com/0", MediaContentType0: "image/png" });
      expect((await post(fields)).status).toBe(200);
      expect(await stored(fields)).not.toBeNull();
    },
  );

  test("that comes through a Messaging Service finds the garage of the service", async () => {
    const MessagingServiceSid = newSid("MG");
    await prisma().channelNumber.create({
      data: { channel: "sms", identity: MessagingServiceSid, orgId: garage.orgId },
    });
    const fields = sms({ To: "+441134969990", MessagingServiceSid });
    await post(fields);
    expect(await stored(fields)).toMatchObject({
      orgId: garage.orgId,
      conversation: { identity: "+441134969990" },
    });
  });

  test("to a number that no garage has is kept and answered", async () => {
    const fields = sms({ To: "+441134969991" });
    expect((await post(fields)).status).toBe(200);
    expect(await stored(fields)).toBeNull();
    const kept = await prisma().providerEvent.findFirst({
      where: { provider: "twilio", id: `unknown-number:${sidOf(fields)}` },
    });
    expect(kept?.payload).toMatchObject({ identity: "+441134969991", body: "Are you open on Sunday?" });
  });

  test.each(["32665", "GARAGE", "whatsapp:+447700900123", "+266696687"])(
    "from %s is stored and shown, and never answered",
    async (From) => {
      const fields = sms({ From, To: exhausted.phone });
      await post(fields);
      const message = await stored(fields);
      expect(message?.conversation.contact).toMatchObject({ externalId: From, phone: null });
      expect(message?.conversation.messages.filter(({ direction }) => direction === "outbound")).toEqual([]);
      expect(await interactions(fields)).toEqual([]);
    },
  );
});

describe("consent", () => {
  test.each([
    ["STOP", undefined],
    [" stopall\n", undefined],
    ["Unsubscribe", undefined],
    ["my own word", "STOP"],
  ])("%j with OptOutType %s is an opt-out, and answered by Twilio alone", async (Body, OptOutType) => {
    const fields = sms({ Body, To: exhausted.phone, ...(OptOutType && { OptOutType }) });
    await post(fields);
    const message = await stored(fields);
    expect(message?.conversation.contact.consents).toMatchObject([{ kind: "opt_out" }]);
    expect(message?.conversation.contact.optedOutAt).not.toBeNull();
    expect(message?.conversation).toMatchObject({ needsAttention: false });
    expect(message?.conversation.messages.filter(({ direction }) => direction === "outbound")).toEqual([]);
    expect(await interactions(fields)).toEqual([]);
  });

  test.each([
    ["start", undefined, ["opt_in"]],
    ["my other word", "START", ["opt_in"]],
    ["Help", undefined, []],
    ["INFO", undefined, []],
    ["anything", "HELP", []],
  ])("%j with OptOutType %s is answered like any other without credits", async (Body, OptOutType, kinds) => {
    const fields = sms({ Body, To: exhausted.phone, ...(OptOutType && { OptOutType }) });
    await post(fields);
    const message = await stored(fields);
    expect(message?.conversation.contact.consents.map(({ kind }) => kind)).toEqual(kinds);
    expect(message?.conversation).toMatchObject({
      needsAttention: true,
      attentionReason: "credit-exhaustion",
      contact: { optedOutAt: null },
    });
    expect(message?.conversation.messages.filter(({ direction }) => direction === "outbound")).toMatchObject([
      { author: "canned" },
    ]);
    expect(await interactions(fields)).toMatchObject([{ mode: "degraded", reason: "credit-exhaustion" }]);
  });

  test("STOP PLEASE is an ordinary message", async () => {
    const fields = sms({ Body: "STOP PLEASE" });
    await post(fields);
    expect(await interactions(fields)).toHaveLength(1);
  });

  test("YES is an answer, unless it is from somebody who has opted out", async () => {
    const From = someNumber();
    const [first, stop, second] = [
      sms({ From, Body: "Yes" }),
      sms({ From, Body: "STOP" }),
      sms({ From, Body: "yes" }),
    ];
    await post(first);
    expect(await interactions(first)).toHaveLength(1);
    await post(stop);
    expect((await stored(stop))?.conversation.contact.optedOutAt).not.toBeNull();
    for (let times = 0; times < 2; times += 1) await post(second);
    const contact = (await stored(second))?.conversation.contact;
    expect(contact?.optedOutAt).toBeNull();
    expect(contact?.consents.map(({ kind }) => kind).sort()).toEqual(["opt_in", "opt_out"]);
    expect(await interactions(second)).toEqual([]);
  });

  test("somebody who has opted out gets no automatic answer, and staff see what they write", async () => {
    const From = someNumber();
    await post(sms({ From, Body: "STOP", To: exhausted.phone }));
    const fields = sms({ From, Body: "Is my car ready?", To: exhausted.phone });
    await post(fields);
    const conversation = (await stored(fields))?.conversation;
    expect(conversation).toMatchObject({ needsAttention: true });
    expect(conversation?.messages.filter(({ direction }) => direction === "outbound")).toEqual([]);
  });
});

describe("a request", () => {
  test.each([
    ["without a signature", { "x-twilio-signature": "" }],
    ["with a forged signature", { "x-twilio-signature": `${"A".repeat(27)}=` }],
    ["with a signature of the wrong length", { "x-twilio-signature": "A" }],
  ])("%s is refused, and nothing is written", async (_, headers) => {
    const fields = sms();
    expect((await post(fields, headers)).status).toBe(401);
    expect(await stored(fields)).toBeNull();
  });

  test("signed for another address of ours, or changed on its way, is refused", async () => {
    const fields = sms();
    const elsewhere = twilioSignature("/api/webhooks/sms/status", fields);
    expect((await post(fields, { "x-twilio-signature": elsewhere })).status).toBe(401);
    const changed = { ...fields, Body: "Refund me" };
    expect((await post(changed, { "x-twilio-signature": twilioSignature(PATH, fields) })).status).toBe(401);
    const { FromCity: _, ...without } = fields;
    expect((await post(without, { "x-twilio-signature": twilioSignature(PATH, fields) })).status).toBe(401);
  });

  test.each([
    ["of another account", { AccountSid: "ACother" }],
    ["without an account", { AccountSid: "" }],
    ["without a message id", { MessageSid: "", SmsSid: "", SmsMessageSid: "" }],
    ["with an endless message id", { MessageSid: "S".repeat(5_000), SmsSid: "", SmsMessageSid: "" }],
    ["without a sender", { From: "" }],
    ["without a receiver", { To: "" }],
  ])("%s is malformed", async (_, given) => {
    expect((await post(sms(given))).status).toBe(400);
  });

  test("that is no form is malformed, however it is signed", async () => {
    const fields = { "{}": "" };
    expect(formOf(fields)).toBe("%7B%7D=");
    expect((await post(fields)).status).toBe(400);
    const empty = { method: "POST", headers: { "x-twilio-signature": twilioSignature(PATH, {}) } };
    expect((await request(empty)).status).toBe(400);
  });

  test("with a name given twice is verified over both values", async () => {
    const fields = { ...sms(), Extra: ["b", "a", "b"] };
    expect((await post(fields)).status).toBe(200);
  });

  test("above the limit is too large", async () => {
    expect((await post(sms({ Body: "x".repeat(300_000) }))).status).toBe(413);
  });

  test.each(["\0 nul", "\ud800 half", "𝒶".repeat(3_000), "\u202e flipped", "'; DROP TABLE message; --"])(
    "whose body is %j is stored as far as text goes",
    async (Body) => {
      const fields = sms({ Body });
      expect((await post(fields)).status).toBe(200);
      expect((await stored(fields))?.body).not.toContain("\0");
    },
  );
});
