import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as receive } from "@/app/api/webhooks/sms/route";
import { POST as receiveStatus } from "@/app/api/webhooks/sms/status/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { claimMessage } from "@/lib/inbox/claim-message";
import { recordSend } from "@/lib/inbox/record-send";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import { sampleNames, sampleText } from "../factories/samples";
import { type Fields, newSid, twilioPost } from "../factories/twilio";

const ctx = systemContext("test");
const SMS = "/api/webhooks/sms";
const STATUS = "/api/webhooks/sms/status";
const EMPTY = "response-empty.xml";

/**
 * What each inbound sample leaves behind. `replied`: the canned sentence goes out where credits have run out, three times
 * to one sender; `from` is another one.
 */
const MESSAGES: Readonly<
  Record<string, { body: string; replied: boolean; consent?: string; from?: string }>
> = {
  "sms-inbound.form": { body: "Hello, do you fit towbars?", replied: true },
  "fallback-url-request.form": { body: "Hello, do you fit towbars?", replied: true },
  "sms-inbound-messaging-service.form": { body: "Can I bring it in on Tuesday?", replied: true },
  "sms-stop-default.form": { body: "STOP", replied: false, consent: "opt_out" },
  "sms-start.form": { body: "START", replied: true, consent: "opt_in" },
  "sms-help.form": { body: "HELP", replied: true, from: "+447700900155" },
  "sms-shortcode-sender.form": { body: "Your parcel is on its way", replied: false },
};

const STATUSES: Readonly<Record<string, { status: string; errorCode: number | null; optedOut?: boolean }>> = {
  "status-queued.form": { status: "sending", errorCode: null },
  "status-sent.form": { status: "sent", errorCode: null },
  "status-delivered.form": { status: "delivered", errorCode: null },
  "status-undelivered-30003.form": { status: "failed", errorCode: 30003 },
  "status-undelivered-30007.form": { status: "failed", errorCode: 30007 },
  "status-failed-21610.form": { status: "failed", errorCode: 21610, optedOut: true },
};

describe("the samples of Twilio's payloads", () => {
  let garage: GivenOrganisation;
  beforeAll(async () => {
    garage = await givenOrganisation(ctx);
  });
  afterAll(closePool);

  /** A sample at our account and garage; `from`: which of its two numbers is ours. */
  const rebound = (name: string, ours: "To" | "From"): Record<string, string> => ({
    ...Object.fromEntries(new URLSearchParams(sampleText("twilio", name))),
    AccountSid: process.env.TWILIO_ACCOUNT_SID ?? "",
    [ours]: garage.phone,
  });

  const post = (route: typeof receive, at: string, fields: Fields) =>
    route(new Request(`http://127.0.0.1:3000${at}`, twilioPost(at, fields)));

  test("are all expected here", () => {
    expect(sampleNames("twilio", /\.form$/)).toEqual(
      [...Object.keys(MESSAGES), ...Object.keys(STATUSES)].sort(),
    );
  });

  test.each(Object.entries(MESSAGES))("%s gets empty TwiML, and what it asks for", async (name, expected) => {
    const given = rebound(name, "To");
    const fields = { ...given, From: expected.from ?? given.From ?? "" };
    for (let times = 0; times < 2; times += 1) {
      const answer = await post(receive, SMS, fields);
      expect([answer.status, await answer.text()]).toEqual([200, sampleText("twilio", EMPTY).trim()]);
    }
    const stored = await prisma().message.findMany({
      where: { orgId: garage.orgId, providerId: given.MessageSid ?? "" },
      include: { conversation: { include: { contact: { include: { consents: true } } } } },
    });
    expect(stored).toMatchObject([{ body: expected.body, type: "text" }]);
    const [message] = stored;
    const replies = await prisma().message.count({ where: { sourceKey: `canned:${message?.id}` } });
    expect(replies).toBe(expected.replied ? 1 : 0);
    if (expected.consent)
      expect(message?.conversation.contact.consents.map(({ kind }) => kind)).toContain(expected.consent);
  });

  test.each(Object.entries(STATUSES))("%s is answered 204, and recorded", async (name, expected) => {
    const sid = newSid();
    const inbound = rebound("sms-inbound.form", "To");
    const From = `+4477009${String(10_000 + Object.keys(STATUSES).indexOf(name))}`;
    await post(receive, SMS, { ...inbound, From, MessageSid: newSid(), Body: name });
    const reply = await prisma().message.findFirstOrThrow({
      where: { orgId: garage.orgId, author: "canned", conversation: { contact: { externalId: From } } },
    });
    await claimMessage(ctx, garage.orgId, reply.id);
    const fields = { ...rebound(name, "From"), To: From, MessageSid: sid, SmsSid: sid };
    const answer = await post(receiveStatus, `${STATUS}?message=${reply.id}`, fields);
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    const after = await prisma().message.findFirstOrThrow({
      where: { id: reply.id },
      include: { conversation: { include: { contact: true } } },
    });
    expect(after).toMatchObject({ status: expected.status, errorCode: expected.errorCode });
    expect(after.conversation.contact.optedOutAt !== null).toBe(expected.optedOut ?? false);
    await recordSend(ctx, garage.orgId, reply.id, { kind: "sent", providerId: sid });
    const { status } = await prisma().message.findFirstOrThrow({ where: { id: reply.id } });
    expect(status).toBe(expected.status === "sending" ? "sent" : expected.status);
  });
});
