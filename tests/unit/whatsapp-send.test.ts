import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { metaErrors } from "@/lib/channels/whatsapp/errors";
import { sendWhatsApp } from "@/lib/channels/whatsapp/send";
import type { OutboundMessage } from "@/lib/inbox/core/message";
import { environmentOf, startSandbox } from "../sandbox/start-sandbox";

// What the sender makes of each answer of Meta's; tests/db has what follows from it.
const MESSAGE_ID = "0198e1a0-0000-7000-8000-000000000001";
const message: OutboundMessage = {
  orgId: "0198e1a0-0000-7000-8000-000000000000",
  messageId: MESSAGE_ID,
  channel: "whatsapp",
  identity: "100000000000001",
  to: { externalId: "GB.1", waId: "447700900123", bsuid: "GB.1", phone: "+447700900123" },
  body: "Hi! We’ve received your message",
};

const sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:1" });
Object.assign(process.env, environmentOf(sandbox));
const { control } = sandbox;

beforeEach(async () => {
  await control.reset();
  await control.settings({ delivery: "manual" });
});
afterAll(sandbox.stop);

type Effect = Parameters<typeof control.behave>[0]["effect"];
const meta = (effect: Effect) => control.behave({ provider: "meta", on: "send", times: null, effect });
const answers = (status: number, body: unknown) => meta({ kind: "http", status, body });
const asked = () => control.requests({ provider: "meta", direction: "in" });

const error = (code: unknown) => ({ error: { message: `(#${code}) x`, type: "OAuthException", code } });

describe("a send", () => {
  test("asks Meta once, with our id, and returns Meta's", async () => {
    await control.openWindow({ line: "brightside", from: "+447700900123" });
    const sent = await sendWhatsApp(message, 1);
    const requests = await asked();
    expect(requests).toHaveLength(1);
    const [request] = requests;
    const reply = request?.reply as { messages: { id: string }[] } | undefined;
    expect(sent).toEqual({ kind: "sent", providerId: reply?.messages[0]?.id });
    expect(request?.path).toBe("/v24.0/100000000000001/messages");
    expect(request?.headers.authorization).toMatch(/^Bearer /);
    expect(request?.body).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+447700900123",
      type: "text",
      text: { preview_url: false, body: message.body },
      biz_opaque_callback_data: MESSAGE_ID,
    });
  });

  test("to somebody without a number goes to their business-scoped id", async () => {
    await answers(200, { messages: [{ id: "wamid.1" }] });
    await sendWhatsApp({ ...message, to: { externalId: "GB.1", bsuid: "GB.1" } });
    const body = (await asked())[0]?.body;
    expect(body).toMatchObject({ recipient: "GB.1" });
    expect(body).not.toHaveProperty("to");
  });

  test("to nobody asks nobody", async () => {
    const outcome = await sendWhatsApp({ ...message, to: { externalId: "x" } });
    expect(outcome).toMatchObject({ kind: "failed", next: "tell-staff" });
    expect(await asked()).toEqual([]);
  });
});

describe("Meta's error", () => {
  test.each([
    [131047, 400, "close-window"],
    [131026, 400, "tell-staff"],
    [131048, 400, "alert-operator"],
    [131049, 400, "tell-staff"],
    [131050, 400, "tell-staff"],
    [131051, 400, "tell-staff"],
    [131052, 400, "tell-staff"],
    [131053, 400, "tell-staff"],
    [131042, 400, "alert-operator"],
    [131031, 403, "alert-operator"],
    [368, 403, "alert-operator"],
    [130497, 403, "alert-operator"],
    [190, 401, "alert-operator"],
    [0, 401, "alert-operator"],
    [3, 400, "alert-operator"],
    [10, 403, "alert-operator"],
    [100, 400, "alert-operator"],
    [131005, 403, "alert-operator"],
    [131008, 400, "alert-operator"],
    [131009, 400, "tell-staff"],
    [131021, 400, "tell-staff"],
    [131030, 400, "tell-staff"],
    [131037, 400, "alert-operator"],
    [131045, 400, "alert-operator"],
    [133010, 400, "alert-operator"],
    [131062, 400, "tell-staff"],
    [132000, 400, "read-templates"],
    [132001, 404, "read-templates"],
    [132005, 400, "tell-staff"],
    [132007, 400, "tell-staff"],
    [132012, 400, "read-templates"],
    [132015, 400, "read-templates"],
    [132016, 400, "read-templates"],
    [132018, 400, "tell-staff"],
    [132068, 400, "tell-staff"],
    [132069, 400, "tell-staff"],
    [987654, 400, "tell-staff"],
  ])("%i (HTTP %i) is final: %s", async (code, status, next) => {
    await answers(status, error(code));
    expect(await sendWhatsApp(message, 1)).toMatchObject({ kind: "failed", code, next });
    expect(await sendWhatsApp(message, 8)).toMatchObject({ kind: "failed", code, next });
  });

  test.each([
    [130429, 400, [2_000, 4_000, 8_000]],
    [131056, 400, [1_000, 4_000, 16_000]],
    [131000, 500, [2_000, 4_000, 8_000]],
    [131016, 500, [2_000, 4_000, 8_000]],
    [131057, 500, [60_000, 120_000, 240_000]],
    [2, 503, [2_000, 4_000, 8_000]],
    [80007, 400, [60_000, 120_000, 240_000]],
    [4, 400, [60_000, 120_000, 240_000]],
  ])("%i (HTTP %i) is tried again, after %j ms", async (code, status, waits) => {
    await answers(status, error(code));
    for (const [index, afterMs] of waits.entries())
      expect(await sendWhatsApp(message, index + 1)).toMatchObject({ kind: "retry", code, afterMs });
    expect(await sendWhatsApp(message, 40)).toMatchObject({ kind: "retry", afterMs: 3_600_000 });
  });

  test("has a row above for every code of the table", () => {
    const failing = [
      131047, 131026, 131048, 131049, 131050, 131051, 131052, 131053, 131042, 131031, 368, 130497, 190, 0,
    ];
    const others = [3, 10, 100, 131005, 131008, 131009, 131021, 131030, 131037, 131045, 133010, 131062];
    const templates = [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069];
    const retried = [130429, 131056, 131000, 131016, 131057, 2, 80007, 4];
    const rows = [...failing, ...others, ...templates, ...retried].sort((a, b) => a - b);
    expect(metaErrors.codes.sort((a, b) => a - b)).toEqual(rows);
  });
});

describe("an answer that decides nothing", () => {
  const unknown = {
    kind: "failed",
    next: "tell-staff",
    reason: expect.stringMatching(/^It is not known whether/),
  };

  test.each([
    ["a gateway's page", 502, "<html>"],
    ["a 200 without an id", 200, { messages: [] }],
    ["a 500 without a code", 500, { error: {} }],
    ["a code that is text", 500, error("2")],
  ])("%s is told to staff, and not sent again", async (_, status, body) => {
    await answers(status, body);
    expect(await sendWhatsApp(message, 1)).toEqual(unknown);
    expect(await asked()).toHaveLength(1);
  });

  test("a refusal without a code was not sent", async () => {
    await answers(404, "nothing here");
    const reason = "WhatsApp refused this message without a reason.";
    expect(await sendWhatsApp(message, 1)).toEqual({ kind: "failed", next: "tell-staff", reason });
  });

  test("a broken connection is told to staff", async () => {
    await meta({ kind: "hang-up" });
    expect(await sendWhatsApp(message, 1)).toEqual(unknown);
  });

  test("a time-out is told to staff", async () => {
    await meta({ kind: "timeout" });
    const patience = AbortSignal.timeout(50);
    const asked = vi.spyOn(AbortSignal, "timeout").mockReturnValue(patience);
    expect(await sendWhatsApp(message, 1)).toEqual(unknown);
    expect(asked).toHaveBeenCalledExactlyOnceWith(10_000);
  });
});
