import { describe, expect, test } from "vitest";
import { parseVoice } from "@/lib/channels/voice/parse";
import { verifyVoice } from "@/lib/channels/voice/verify";
import { sampleBytes, sampleJson, sampleSignatures, voiceDeliveries } from "../factories/samples";

describe("samples of the provider's deliveries", () => {
  test.each(voiceDeliveries())("%s is understood", (name) => {
    const { message } = parseVoice(sampleBytes("vapi", name));
    const { type } = (sampleJson("vapi", name) as { message: { type: string } }).message;
    expect([type, "chatter", "unknown"]).toContain(message.type);
  });

  test("their signatures hold over the exact bytes, and over no others", () => {
    const { vapi } = sampleSignatures();
    const now = new Date(Number(vapi.timestamp) * 1_000);
    for (const [name, signature] of Object.entries(vapi.files)) {
      const headers = new Headers({ "x-signature": signature, "x-timestamp": vapi.timestamp });
      const bytes = sampleBytes("vapi", name);
      const holds = (raw: Buffer) =>
        verifyVoice(headers, raw, { shared: "unused-here", hmac: vapi.hmacSecret }, now);
      expect([name, holds(bytes), holds(Buffer.concat([bytes, Buffer.from(" ")]))]).toEqual([
        name,
        true,
        false,
      ]);
    }
  });

  test("a finished call is read as it was", () => {
    const { message } = parseVoice(sampleBytes("vapi", "end-of-call-report.json"));
    expect(message).toMatchObject({
      call: { callerNumber: "+447700900143", called: ["+441134960142", expect.any(String)] },
      report: { durationSeconds: 128, connected: true, cost: { cost: 167_800n }, turnLatencyMs: 1_260 },
    });
  });

  test.each(["tool-calls-object-args.json", "tool-calls-string-args.json"])(
    "%s asks for an appointment",
    (name) => {
      expect(parseVoice(sampleBytes("vapi", name)).message).toMatchObject({
        calls: [
          { id: expect.stringMatching(/^call_/), name: "book_appointment", args: { name: "Ruth Hale" } },
        ],
      });
    },
  );
});
