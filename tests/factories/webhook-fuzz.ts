import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prisma } from "@/lib/db/prisma";
import { changed, changes, hostileJson, hostileText, nested } from "./hostile";
import {
  type Fields,
  formOf,
  inboundSms,
  newSid,
  smsStatus,
  someNumber,
  twilioPost,
  twilioSignature,
} from "./twilio";
import { assistantRequest, endOfCallReport, statusUpdate, toolCalls } from "./vapi";
import {
  type Json,
  messagesChange,
  metaContact,
  metaDelivery,
  metaMessage,
  metaPost,
  metaStatus,
  metaText,
  newWamid,
  someCustomer,
} from "./whatsapp";

export type Target = { readonly phone: string; readonly whatsAppNumberId: string };
export type Send = (path: string, init: RequestInit) => Promise<Response>;

const now = new Date();

const voicePost = (body: string | Json): RequestInit => ({
  method: "POST",
  body: typeof body === "string" ? body : JSON.stringify(body),
  headers: { "content-type": "application/json", "x-vapi-secret": process.env.VAPI_WEBHOOK_SECRET ?? "" },
});

/**
 * Properly signed deliveries that are wrong in every way: none may be answered as if we had failed. `runs` is how many of
 * each kind are tried.
 */
export function fuzzWebhooks(send: Send, target: () => Target, runs: number): void {
  const neverOurs = async (path: string, init: RequestInit): Promise<number> => {
    const what = `${path} ${String(init.body).slice(0, 300)}`;
    const deliver = async () => {
      const answer = await send(path, init);
      await answer.arrayBuffer();
      return answer.status;
    };
    const first = await deliver();
    // A busy moment passes, and a provider delivers again: once is enough, as what a delivery itself breaks stays broken.
    const status = first === 503 ? await deliver() : first;
    expect(status, what).toBeLessThan(500);
    return status;
  };

  describe.each([
    ["/api/webhooks/whatsapp", metaPost, () => whatsAppSamples(target())],
    ["/api/webhooks/voice", voicePost, () => voiceSamples(target())],
  ] as const)("%s", (path, sign, samples) => {
    test("takes no random JSON for a failure of ours", async () => {
      await fc.assert(
        fc.asyncProperty(
          hostileJson(),
          async (body) => void (await neverOurs(path, sign(JSON.stringify(body) ?? ""))),
        ),
        { numRuns: runs },
      );
    });

    test("takes no changed delivery for a failure of ours", async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), changes(), async (pick, list) => {
          const all = samples();
          const sample = all[pick % all.length];
          await neverOurs(path, sign(JSON.stringify(changed(sample, list)) ?? ""));
        }),
        { numRuns: 2 * runs },
      );
    });

    test("takes no truncated or broken bytes for a failure of ours", async () => {
      for (const sample of samples()) {
        const text = JSON.stringify(sample);
        for (const part of [0, 1, text.length / 3, text.length / 2, text.length - 1])
          expect(await neverOurs(path, sign(text.slice(0, part)))).toBe(400);
      }
      expect(await neverOurs(path, sign("\ufeff{}"))).toBe(400);
    });

    test.each([50, 5_000, 200_000])("takes no nesting of %i levels for a failure of ours", async (depth) => {
      for (const sample of samples()) {
        const text = JSON.stringify(sample).replace(/"(text|call)":/, '"x":"here","$1":');
        await neverOurs(path, sign(nested(text, depth)));
        await neverOurs(path, sign(nested('"here"', depth)));
      }
    });

    test.each(["1e999", "-1e999", "1e308", "0.1e-400", `1${"0".repeat(400)}`])(
      "takes the number %s as none of ours",
      async (number) => {
        for (const sample of samples()) {
          const text = JSON.stringify(sample).replaceAll(/"timestamp":("\d+"|\d+)/g, `"timestamp":${number}`);
          await neverOurs(path, sign(text.replace(/"(cost|code|latitude)":[\d.]+/, `"$1":${number}`)));
        }
      },
    );
  });

  describe.each([
    [
      "/api/webhooks/sms",
      () =>
        inboundSms({
          To: target().phone,
          From: someNumber(),
          Body: "Hi",
          OptOutType: "",
          NumMedia: "1",
          MediaUrl0: "https://x",
        }),
    ],
    [
      "/api/webhooks/sms/status",
      () =>
        smsStatus({
          From: target().phone,
          MessageSid: newSid(),
          MessageStatus: "failed",
          ErrorCode: "30007",
        }),
    ],
  ] as const)("%s", (path, sample) => {
    test("takes no random form for a failure of ours", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.dictionary(hostileText(), fc.array(hostileText(), { minLength: 1, maxLength: 3 })),
          async (fields) => {
            await neverOurs(path, signedBytes(path, formOf(fields)));
          },
        ),
        { numRuns: runs },
      );
    });

    test("takes no changed form for a failure of ours", async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), hostileText(), fc.boolean(), async (at, text, doubled) => {
          const fields = sample();
          const names = Object.keys(fields).filter((name) => name !== "AccountSid");
          const name = names[at % names.length] ?? "Body";
          const value = doubled ? [text, String(fields[name])] : text;
          await neverOurs(path, signedBytes(path, formOf({ ...fields, [name]: value })));
        }),
        { numRuns: 2 * runs },
      );
    });

    test("takes no bytes for a failure of ours", async () => {
      const form = formOf(sample());
      for (const part of [0, 1, form.length / 3, form.length / 2])
        await neverOurs(path, signedBytes(path, form.slice(0, part)));
      for (const bytes of ["%", "%zz=%", "&&&===", "a=%ff%fe&b=%00", "{}", '{"MessageSid":"SM1"}'])
        expect(await neverOurs(path, signedBytes(path, bytes))).toBe(400);
      const noise = Buffer.from(Array.from({ length: 2_000 }, (_, index) => (index * 131) % 256));
      await neverOurs(path, {
        method: "POST",
        body: new Uint8Array(noise),
        headers: { "x-twilio-signature": "x" },
      });
    });
  });

  describe("a good WhatsApp message", () => {
    test("is never lost among garbage, wherever it stands", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(hostileJson(), { maxLength: 6 }),
          fc.array(changes(), { maxLength: 3 }),
          async (garbage, lists) => {
            const from = someCustomer();
            const id = newWamid();
            const neighbours = lists.map((list) => changed(metaText(someCustomer(), "bad", now), list));
            const messages = [
              ...garbage,
              ...neighbours,
              metaText(from, "good", now, id),
              ...neighbours,
              ...garbage,
            ] as Json[];
            const value = {
              contacts: [...garbage, metaContact(from)],
              messages,
              statuses: garbage,
              errors: garbage,
            };
            const change = messagesChange(target().whatsAppNumberId, value);
            const body = {
              object: "whatsapp_business_account",
              entry: [...garbage, { changes: [...garbage, change] }],
            };
            expect(await neverOurs("/api/webhooks/whatsapp", metaPost(JSON.stringify(body)))).toBe(200);
            expect(await prisma().message.findFirst({ where: { providerId: id } })).toMatchObject({
              body: "good",
            });
          },
        ),
        { numRuns: runs / 2 },
      );
    });

    test("is never lost among ten thousand bad ones", async () => {
      const from = someCustomer();
      const id = newWamid();
      const bad = Array.from({ length: 5_000 }, (_, index): Json => ({ type: "text", from: `${index}` }));
      const messages = [...bad, metaText(from, "good", now, id), ...bad];
      const body = metaDelivery([messagesChange(target().whatsAppNumberId, { messages })]);
      expect(await neverOurs("/api/webhooks/whatsapp", metaPost(body))).toBe(200);
      expect(await prisma().message.count({ where: { providerId: id } })).toBe(1);
    });

    test("of more items than Meta would ever send is too large", async () => {
      const statuses = Array.from({ length: 10_001 }, (_, index) =>
        metaStatus(`wamid.${index}`, "sent", now),
      );
      const body = metaDelivery([messagesChange(target().whatsAppNumberId, { statuses })]);
      expect(await neverOurs("/api/webhooks/whatsapp", metaPost(body))).toBe(413);
    });
  });
}

/** Any bytes, signed as Twilio would sign the form that they are. */
function signedBytes(path: string, body: string): RequestInit {
  const fields: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const values = Object.hasOwn(fields, name) ? fields[name] : undefined;
    Object.defineProperty(fields, name, {
      value: [...(values ?? []), value],
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  const signed: Fields = fields;
  return { ...twilioPost(path, {}), body, headers: { "x-twilio-signature": twilioSignature(path, signed) } };
}

function whatsAppSamples({ whatsAppNumberId }: Target): Json[] {
  const from = someCustomer();
  const say = (type: string, fields: Json) => metaMessage(from, type, fields, now);
  const messages = [
    metaText(from, "Hi", now),
    say("image", { image: { id: "1", mime_type: "image/jpeg", caption: "A picture", sha256: "x" } }),
    say("location", { location: { latitude: 1.5, longitude: 2.5, name: "Here" } }),
    say("contacts", { contacts: [{ name: { formatted_name: "B" } }] }),
    say("interactive", {
      interactive: { type: "nfm_reply", nfm_reply: { response_json: '{"a":1}', body: "Sent" } },
    }),
    say("reaction", { reaction: { message_id: "wamid.1", emoji: "👍" } }),
    say("order", { order: { catalog_id: "1", product_items: [{ quantity: 1 }] } }),
    say("system", { system: { type: "user_changed_number", wa_id: "447700900999", body: "changed" } }),
    say("unsupported", { errors: [{ code: 131051 }], unsupported: { type: "x" } }),
    say("edit", { edit: { original_message_id: "wamid.1", message: { type: "text", text: { body: "b" } } } }),
    say("revoke", { revoke: { original_message_id: "wamid.1" } }),
  ];
  const echo = { to: from.waId, id: newWamid(), timestamp: "1787238245", type: "text", text: { body: "e" } };
  const failed = metaStatus("wamid.2", "failed", now, { errors: [{ code: 131047, title: "x" }] });
  const contacts = [metaContact(from)];
  return [
    metaDelivery([messagesChange(whatsAppNumberId, { contacts, messages })]),
    metaDelivery([messagesChange(whatsAppNumberId, { statuses: [failed] })]),
    metaDelivery([
      { ...messagesChange(whatsAppNumberId, { message_echoes: [echo] }), field: "smb_message_echoes" },
    ]),
    metaDelivery([{ field: "account_update", value: { event: "x" } }]),
  ];
}

const voiceSamples = ({ phone }: Target): Json[] => [
  assistantRequest({ called: phone }),
  statusUpdate("in-progress", { called: phone }),
  endOfCallReport({ called: phone }),
  toolCalls([{ name: "customer_lookup", args: { registration: "AB12CDE" } }], { called: phone }),
];
