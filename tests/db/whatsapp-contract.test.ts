import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET, POST } from "@/app/api/webhooks/whatsapp/route";
import { systemContext } from "@/lib/auth/context";
import { verifyWhatsApp } from "@/lib/channels/whatsapp/verify";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { claimMessage } from "@/lib/inbox/claim-message";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import { sampleBytes, sampleNames, sampleSignatures, sampleText } from "../factories/samples";
import { messagesFrom, metaPost, metaText, metaTime, newWamid, someCustomer } from "../factories/whatsapp";

const ctx = systemContext("test");
const now = new Date(Math.floor(Date.now() / 1_000) * 1_000);
const URL_ = "http://127.0.0.1:3000/api/webhooks/whatsapp";

const WABA_NUMBER = "337698757924875";
const SENT_ID = "wamid.c2FtcGxlIFJHc0xrWVdHczlTaVhweFhnbQ==";

type Expected = { type: string; body: string; answered: boolean; refersTo?: string };

/** What each sample of an inbound message leaves behind. */
const MESSAGES: Readonly<Record<string, Expected>> = {
  "text.json": { type: "text", body: "Is my van ready?", answered: true },
  "text-legacy-no-bsuid.json": { type: "text", body: "Is my van ready?", answered: true },
  "text-reply-context.json": { type: "text", body: "Yes, the Transit", answered: true, refersTo: SENT_ID },
  "text-ad-referral.json": { type: "text", body: "What does a service cost?", answered: true },
  "image.json": { type: "image", body: "The dent", answered: true },
  "video.json": { type: "video", body: "The drip", answered: true },
  "audio-voice-note.json": { type: "audio", body: "Voice message", answered: true },
  "document.json": { type: "document", body: "MOT certificate", answered: true },
  "sticker.json": { type: "sticker", body: "Sticker", answered: true },
  "location.json": {
    type: "location",
    body: "Hillside Garage, 1 Mill Lane, Leeds LS1 1AA",
    answered: true,
  },
  "contacts.json": { type: "contacts", body: "Contact: Janet Whitfield", answered: true },
  "button-template-quick-reply.json": { type: "button", body: "Book a service", answered: true },
  "interactive-button-reply.json": { type: "interactive", body: "Another day", answered: true },
  "interactive-list-reply.json": { type: "interactive", body: "Courtesy car", answered: true },
  "interactive-flow-nfm-reply.json": { type: "interactive", body: "Sent", answered: true },
  "unsupported.json": {
    type: "unsupported",
    body: "Sent something that WhatsApp does not pass on",
    answered: false,
  },
  "reaction.json": { type: "reaction", body: "👍", answered: false, refersTo: SENT_ID },
  "reaction-removed.json": {
    type: "reaction",
    body: "Removed a reaction",
    answered: false,
    refersTo: SENT_ID,
  },
  "edit.json": { type: "edit", body: "Is my red van ready?", answered: false },
  "revoke-deleted.json": { type: "revoke", body: "Deleted a message", answered: false },
  "smb-message-echo.json": { type: "echo", body: "Answered from the phone app", answered: false },
};

const STATUSES: Readonly<Record<string, { status: string; errorCode: number | null }>> = {
  "status-sent.json": { status: "sent", errorCode: null },
  "status-sent-v23-conversation.json": { status: "sent", errorCode: null },
  "status-delivered.json": { status: "delivered", errorCode: null },
  "status-read.json": { status: "read", errorCode: null },
  "status-failed-131026-undeliverable.json": { status: "failed", errorCode: 131026 },
  "status-failed-131047-reengagement.json": { status: "failed", errorCode: 131047 },
};

describe("the samples of Meta's payloads", () => {
  let garage: GivenOrganisation;
  beforeAll(async () => {
    garage = await givenOrganisation(ctx, { purchased: 100 });
  });
  afterAll(closePool);

  const read = (name: string): string => sampleText("meta", name);

  /** A sample at our garage, now. */
  const rebound = (name: string): string =>
    read(name)
      .replaceAll(WABA_NUMBER, garage.whatsAppNumberId)
      .replaceAll(/"timestamp": ?"\d+"/g, `"timestamp":"${metaTime(now)}"`);

  const deliver = (body: string) => POST(new Request(URL_, metaPost(body)));

  test("are all expected here", () => {
    const samples = sampleNames("meta", /^(?!send-).*\.json$/);
    const known = [
      ...Object.keys(MESSAGES),
      ...Object.keys(STATUSES),
      "status-delivered-template-billable.json",
    ];
    expect(samples).toEqual(known.sort());
  });

  test("carry signatures that hold over their exact bytes, and over nothing else", () => {
    const { meta } = sampleSignatures();
    for (const [file, signature] of Object.entries(meta.files)) {
      const raw = sampleBytes("meta", file);
      const headers = new Headers({ "x-hub-signature-256": signature });
      expect(verifyWhatsApp(headers, raw, meta.appSecret), file).toBe(true);
      const reserialised = Buffer.from(JSON.stringify(JSON.parse(raw.toString())));
      expect(verifyWhatsApp(headers, reserialised, meta.appSecret), file).toBe(false);
    }
  });

  test("hold the handshake", async () => {
    const token = process.env.META_VERIFY_TOKEN ?? "";
    const [, query = ""] = /GET \S+\?(\S+)/.exec(read("verify-get.txt")) ?? [];
    const answer = await GET(new Request(`${URL_}?${query.replace("not-the-token", token)}`));
    expect(await answer.text()).toBe("1158201444");
    expect((await GET(new Request(`${URL_}?${query}`))).status).toBe(403);
  });

  test.each(Object.entries(MESSAGES))(
    "%s is stored, and answered where somebody is owed an answer",
    async (name, expected) => {
      const body = rebound(name);
      const id = /"id": ?"(wamid\.[^"]+)",\s*"timestamp"/.exec(body)?.[1] ?? "";
      for (const answer of [await deliver(body), await deliver(body)]) expect(answer.status).toBe(200);
      const [message, ...more] = await prisma().message.findMany({
        where: { orgId: garage.orgId, providerId: id },
        include: { conversation: { include: { contact: true } } },
      });
      expect(more).toEqual([]);
      expect(message).toMatchObject({ type: expected.type, body: expected.body, at: now });
      if (expected.refersTo) expect(message?.refersTo).toBe(expected.refersTo);
      expect(message?.conversation.contact).toMatchObject({ waId: "447700900234" });
      const interactions = await prisma().interaction.count({
        where: { orgId: garage.orgId, providerRef: id },
      });
      expect(interactions).toBe(expected.answered ? 1 : 0);
    },
  );

  test("keep what staff may need of their parts", async () => {
    const partsOf = async (name: string) => {
      const id = /"id": ?"(wamid\.[^"]+)",\s*"timestamp"/.exec(rebound(name))?.[1] ?? "";
      return (await prisma().message.findFirst({ where: { orgId: garage.orgId, providerId: id } }))?.parts;
    };
    expect(await partsOf("location.json")).toMatchObject({
      location: { latitude: 53.7996, longitude: -1.5491 },
    });
    expect(await partsOf("audio-voice-note.json")).toMatchObject({
      media: [{ id: "3732184427567313", voice: true }],
    });
    expect(await partsOf("text-ad-referral.json")).toMatchObject({
      referral: { source_id: "893928521572135199" },
    });
    expect(await partsOf("interactive-flow-nfm-reply.json")).toMatchObject({
      interactive: { answers: { name: "Peter" } },
    });
    expect(await partsOf("unsupported.json")).toEqual({ unsupported: { type: "edit", code: 131051 } });
  });

  test.each(Object.entries(STATUSES))("%s is recorded on the message it names", async (name, expected) => {
    const broke = await givenOrganisation(ctx);
    const from = someCustomer();
    const id = newWamid();
    await deliver(
      JSON.stringify(messagesFrom(broke.whatsAppNumberId, from, metaText(from, "Hello", now, id))),
    );
    const reply = await prisma().message.findFirstOrThrow({
      where: { orgId: broke.orgId, author: "canned" },
    });
    await claimMessage(ctx, broke.orgId, reply.id);
    const providerId = newWamid();
    const body = rebound(name)
      .replaceAll(garage.whatsAppNumberId, broke.whatsAppNumberId)
      .replaceAll(SENT_ID, providerId)
      .replaceAll("msg_07QRS", reply.id);
    expect((await deliver(body)).status).toBe(200);
    const isNamed = body.includes(reply.id);
    const early = await prisma().earlyStatus.count({ where: { orgId: broke.orgId, providerId } });
    expect(early).toBe(isNamed ? 0 : 1);
    const after = await prisma().message.findFirstOrThrow({ where: { orgId: broke.orgId, id: reply.id } });
    if (isNamed) expect(after).toMatchObject({ ...expected, providerId });
  });

  test("status-delivered-template-billable.json, of a message that is not ours, is answered", async () => {
    expect((await deliver(rebound("status-delivered-template-billable.json"))).status).toBe(200);
  });
});
