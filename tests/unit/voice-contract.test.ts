import { describe, expect, test } from "vitest";
import { parseVoice } from "@/lib/channels/voice/parse";
import { verifyVoice } from "@/lib/channels/voice/verify";
import { haveSamples, sampleBytes, sampleJson, sampleNames } from "../factories/voice-samples";

type Signatures = { vapi: { hmacSecret: string; timestamp: string; files: Record<string, string> } };

describe.runIf(haveSamples)("the provider's recorded deliveries", () => {
  test.each(sampleNames())("%s is understood", (name) => {
    const { message } = parseVoice(sampleBytes(name));
    const { type } = (sampleJson(name) as { message: { type: string } }).message;
    expect([type, "chatter", "unknown"]).toContain(message.type);
  });

  test("their recorded signatures hold over the exact bytes, and over no others", () => {
    const { vapi } = sampleJson("signatures.json") as Signatures;
    const now = new Date(Number(vapi.timestamp) * 1_000);
    for (const [name, signature] of Object.entries(vapi.files)) {
      const headers = new Headers({ "x-signature": signature, "x-timestamp": vapi.timestamp });
      const bytes = sampleBytes(name);
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
    const { message } = parseVoice(sampleBytes("vapi-end-of-call-report.json"));
    expect(message).toMatchObject({
      call: { callerNumber: "+12025550143", called: ["+14155550142", expect.any(String)] },
      report: { durationSeconds: 128, connected: true, cost: { cost: 167_800n }, turnLatencyMs: 1_260 },
    });
  });

  test.each(["vapi-tool-calls-object-args.json", "vapi-tool-calls-string-args.json"])(
    "%s asks for an appointment",
    (name) => {
      expect(parseVoice(sampleBytes(name)).message).toMatchObject({
        calls: [
          { id: expect.stringMatching(/^call_/), name: "book_appointment", args: { name: "Dana Reyes" } },
        ],
      });
    },
  );
});
