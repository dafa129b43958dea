import { request } from "node:http";
import { expect, test } from "vitest";
import { resolveOptions } from "@/tests/sandbox/options";
import { environmentOf } from "@/tests/sandbox/start-sandbox";
import { CUSTOMER, SECRETS, SMS, sendWhatsApp, startPair, twilio, whatsAppText } from "./support";

test("every request and reply is logged and counted, without its credentials", async () => {
  const { sandbox } = await startPair();
  await sendWhatsApp(sandbox, whatsAppText("Hello"));
  await sandbox.control.whatsApp({ line: "brightside", from: CUSTOMER }, { text: "Hi" });
  await sandbox.control.flush();
  const [send, delivery] = await sandbox.control.requests();
  expect(send).toMatchObject({
    direction: "in",
    provider: "meta",
    type: "send",
    status: 400,
    reply: { error: { code: 131047 } },
  });
  expect(send?.headers.authorization).toBe("Bearer [redacted]");
  expect(delivery).toMatchObject({ direction: "out", path: "/api/webhooks/whatsapp", status: 200 });
  expect(JSON.stringify([send, delivery])).not.toContain(SECRETS.metaAccessToken);
  expect(await sandbox.control.count({ provider: "ai" })).toBe(0);
  expect(await sandbox.control.count({ provider: "meta", path: "/messages", contains: "Hello" })).toBe(1);
  await sandbox.control.clearRequests();
  expect(await sandbox.control.count()).toBe(0);
});

test("a behaviour without effect is refused with what would have one", async () => {
  const { sandbox } = await startPair();
  const misplaced = sandbox.control.behave({ provider: "ai", on: "send", effect: { kind: "empty" } });
  await expect(misplaced).rejects.toThrow("ai knows: complete, models");
  const unknown = sandbox.control.behave({ provider: "meta", on: "send", effect: { kind: "refusal" } });
  await expect(unknown).rejects.toThrow("meta send knows: latency");
});

test("a reset forgets everything but where the application is", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.whatsApp({ line: "brightside", from: CUSTOMER }, { text: "Hi" });
  await sandbox.control.behave({ provider: "meta", on: "send", effect: { kind: "timeout" } });
  await sandbox.control.reset();
  expect(await sandbox.control.pending()).toBe(0);
  expect(await sandbox.control.threads()).toEqual([]);
  const settings = await sandbox.control.settings({ delivery: "manual" });
  expect(settings).toMatchObject({ appUrl: receiver.url, lines: "known" });
  expect((await sendWhatsApp(sandbox, whatsAppText("Hello"))).body.error.code).toBe(131047);
});

test("what is held waits for a flush, even when all else is delivered by itself", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.settings({ delivery: "auto" });
  await sandbox.control.behave({ provider: "meta", on: "delivery", effect: { kind: "hold" } });
  await sandbox.control.whatsApp({ line: "brightside", from: CUSTOMER }, { text: "late" });
  await sandbox.control.whatsApp({ line: "lowfell", from: CUSTOMER }, { text: "soon" });
  await expect.poll(() => receiver.got.length).toBe(1);
  expect(receiver.got[0]?.body).toContain("soon");
  await sandbox.control.flush();
  expect(receiver.got[1]?.body).toContain("late");
});

test("numbers beside the demo's are made known, or allowed", async () => {
  const { sandbox } = await startPair();
  const northgate = { slug: "northgate", whatsAppNumberId: "200000000000001", phone: "+441134960100" };
  const sms = () => twilio(sandbox, "Messages.json", { ...SMS, From: northgate.phone });
  expect((await sms()).status).toBe(400);
  expect(await sandbox.control.addLine(northgate)).toMatchObject({ ...northgate, name: "northgate" });
  expect((await sms()).status).toBe(201);
  await sandbox.control.whatsApp({ line: "200000000000002", from: CUSTOMER }, { text: "Hi" });
  const nobody = sandbox.control.whatsApp({ line: "nobody", from: CUSTOMER }, { text: "Hi" });
  await expect(nobody).rejects.toThrow("No garage is known");
  await sandbox.control.settings({ lines: "any" });
  expect((await twilio(sandbox, "Messages.json", { ...SMS, From: "+441134960101" })).status).toBe(201);
});

test("pages of other sites cannot operate it", async () => {
  const { sandbox } = await startPair();
  const post = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request(`${sandbox.url}/control/reset`, { method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.once("error", reject);
      sent.end();
    });
  const json = { "content-type": "application/json" };
  expect(await post({ ...json, "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await post({ ...json, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).toBe(403);
  expect(await post({ ...json, host: "evil.example" })).toBe(403);
  expect(await post({ ...json, "sec-fetch-site": "same-origin" })).toBe(200);
  expect(await post(json)).toBe(200);
  // What a form of any page may send, in a browser that says nothing of where it comes from.
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
    expect(await post({ "content-type": type })).toBe(415);
  expect(await post({})).toBe(415);
});

test("the application is told where its providers are", async () => {
  const { sandbox } = await startPair();
  expect(environmentOf(sandbox)).toEqual({
    META_API_BASE: `${sandbox.url}/meta`,
    TWILIO_API_BASE: `${sandbox.url}/twilio`,
    AI_API_BASE: `${sandbox.url}/ai/v1`,
    VAPI_API_BASE: `${sandbox.url}/vapi`,
    STRIPE_API_BASE: sandbox.url,
    SMTP_URL: sandbox.smtpUrl,
  });
});

test("missing secrets and wrong ports are named", () => {
  expect(() => resolveOptions({}, { META_APP_SECRET: "x" })).toThrow("META_ACCESS_TOKEN, META_VERIFY_TOKEN");
  expect(() => resolveOptions({ secrets: SECRETS }, { SANDBOX_PORT: "80000" })).toThrow("SANDBOX_PORT=80000");
  expect(resolveOptions({ secrets: SECRETS }, { APP_URL: "http://app.test/" })).toMatchObject({
    port: 4100,
    smtpPort: 0,
    appUrl: "http://app.test",
    publicUrl: "http://app.test",
  });
});
