import { describe, expect, test } from "vitest";
import { sampleBytes, sampleJson, sampleSignatures, sampleText } from "@/tests/factories/samples";
import { metaSignature, twilioSignature } from "@/tests/sandbox/core/signatures";
import {
  CUSTOMER,
  type Delivered,
  type Receiver,
  SMS,
  sendWhatsApp,
  startPair,
  twilio,
  whatsAppText,
} from "./support";

const WRITES = { line: "brightside", from: CUSTOMER, name: "Sheena Nelson" };

/** Every path that occurs in a JSON value, whichever item of a list has it. */
function pathsOf(value: unknown, at = ""): string[] {
  if (typeof value !== "object" || value === null) return [at];
  const inner = Array.isArray(value)
    ? value.flatMap((item) => pathsOf(item, `${at}[]`))
    : Object.entries(value).flatMap(([name, item]) => pathsOf(item, `${at}.${name}`));
  return [...new Set(inner)].sort();
}

const sample = (provider: "vapi" | "meta" | "twilio", name: string): string[] =>
  pathsOf(sampleJson(provider, name));
const shapes = ({ got }: Receiver): string[][] => got.map(({ body }) => pathsOf(JSON.parse(body)));
const fields = (body: string): string[] => [...new URLSearchParams(body).keys()].sort();

describe("against the sample payloads", () => {
  test("all of Meta's and Twilio's signatures come out the same", () => {
    const { meta, twilio: forms } = sampleSignatures();
    for (const [name, signature] of Object.entries(meta.files))
      expect(metaSignature(meta.appSecret, sampleBytes("meta", name))).toBe(signature);
    for (const [name, { url, signature }] of Object.entries(forms.files))
      expect(twilioSignature(forms.authToken, url, new URLSearchParams(sampleText("twilio", name)))).toBe(
        signature,
      );
  });

  test("customers' messages on WhatsApp have the samples' shapes", async () => {
    const { sandbox, receiver } = await startPair();
    await sandbox.control.whatsApp(WRITES, { text: "Hi" });
    await sandbox.control.whatsApp({ ...WRITES, identity: "number-only" }, { text: "Hi" });
    await sandbox.control.whatsApp(WRITES, { picture: "sample", caption: "Taj Mahal" });
    await sandbox.control.flush();
    expect(shapes(receiver)).toEqual(
      ["text", "text-legacy-no-bsuid", "image"].map((name) => sample("meta", `${name}.json`)),
    );
  });

  test("statuses on WhatsApp have the samples' shapes", async () => {
    const { sandbox, receiver } = await startPair();
    await sandbox.control.whatsApp(WRITES, { text: "Hi" });
    await sandbox.control.flush();
    receiver.got.length = 0;
    await sendWhatsApp(sandbox, whatsAppText("Hello", { biz_opaque_callback_data: "msg" }));
    await sandbox.control.behave({
      provider: "meta",
      on: "send",
      effect: { kind: "failed-status", code: 131047 },
    });
    await sendWhatsApp(sandbox, whatsAppText("Hello", { biz_opaque_callback_data: "msg" }));
    await sandbox.control.flush();
    const names = ["sent", "delivered", "read", "failed-131047-reengagement"];
    expect(shapes(receiver)).toEqual(names.map((name) => sample("meta", `status-${name}.json`)));
  });

  test("refusals of WhatsApp have the samples' shapes", async () => {
    const { sandbox } = await startPair();
    const refused = await sendWhatsApp(sandbox, whatsAppText("Hello"));
    expect(pathsOf(refused.body)).toEqual(sample("meta", "send-response-error-131047.json"));
  });

  test("Twilio's forms and answers have the samples' fields", async () => {
    const { sandbox, receiver } = await startPair();
    const writes = { line: "brightside", from: CUSTOMER, text: "STOP" };
    await sandbox.control.sms(writes);
    await sandbox.control.sms({ ...writes, text: "START", throughService: true });
    await sandbox.control.sms({ ...writes, text: "START" });
    await sandbox.control.flush();
    await sandbox.control.behave({
      provider: "twilio",
      on: "send",
      effect: { kind: "failed-status", code: 30007 },
    });
    const sent = await twilio(sandbox, "Messages.json", { ...SMS, StatusCallback: `${receiver.url}/status` });
    await sandbox.control.flush();
    const names = [
      "sms-stop-default",
      "sms-start",
      "sms-inbound",
      "status-queued",
      "status-sent",
      "status-undelivered-30007",
    ];
    expect(receiver.got.map(({ body }: Delivered) => fields(body))).toEqual(
      names.map((name) => fields(sampleText("twilio", `${name}.form`))),
    );
    expect(pathsOf(sent.body)).toEqual(sample("twilio", "send-rest-response-201.json"));
  });

  test("voice messages have at least the samples' fields", async () => {
    const { sandbox, receiver } = await startPair();
    const assistant = sampleJson("vapi", "response-assistant-message-taker.json");
    receiver.answer = () => ({ status: 200, type: "application/json", body: JSON.stringify(assistant) });
    await sandbox.control.playCall({
      line: "brightside",
      from: CUSTOMER,
      says: ["It's Sam Ortiz, 07700 900123. My brakes squeal."],
    });
    await sandbox.control.flush();
    const [request, , ended, report] = shapes(receiver) as [string[], string[], string[], string[]];
    // What only a number on somebody's own Twilio account has.
    const absent = [".message.phoneNumber.twilioAccountSid", ".message.phoneNumber.server.credentialId"];
    const expected = (name: string) =>
      expect.arrayContaining(sample("vapi", name).filter((one) => !absent.includes(one)));
    expect(request).toEqual(expected("assistant-request.json"));
    expect(report).toEqual(expected("end-of-call-report-message-taker.json"));
    expect(ended).toEqual(
      expect.arrayContaining([".message.status", ".message.endedReason", ".message.call.id"]),
    );
  });
});
