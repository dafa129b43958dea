import { expect, test } from "vitest";
import { testSenders } from "@/lib/channels/lines";
import { listWhatsAppTemplates } from "@/lib/channels/whatsapp/list-templates";
import { pool } from "@/lib/db/pool";
import type { LineChannel } from "@/lib/garage/line";
import { readTemplates } from "@/lib/inbox/read-templates";
import { sendTestMessage } from "@/lib/lines/send-test-message";
import { type LineGarage, linesOfSandbox } from "../factories/lines";
import { accept } from "../factories/message-garage";
import { givenMessage } from "../factories/messages";

const { context, control, given, owner, keyOf, assignedOnly } = linesOfSandbox();

const send = (garage: LineGarage, channel: LineChannel, to: string) =>
  sendTestMessage(owner(garage.orgId), testSenders, { ...keyOf(garage, channel), to });
const phoneOf = async (garage: LineGarage, customer: string) =>
  (await control().customer(garage.slug, customer)).messages.map(({ text }) => text);
const nothingKept = async ({ orgId }: LineGarage) => {
  const { rows } = await pool().query(
    "SELECT (SELECT count(*)::int FROM conversation WHERE org_id = $1) AS conversations, (SELECT count(*)::int FROM interaction WHERE org_id = $1) AS interactions",
    [orgId],
  );
  return rows[0];
};

test("arrives by SMS, says that it is a test, is in no conversation and costs nothing", async () => {
  const garage = await given();
  const line = await send(garage, "sms", "07700 900461");
  expect(line.lastTest).toMatchObject({ to: "+447700900461", failure: null });
  expect(await phoneOf(garage, "+447700900461")).toEqual([
    `Test message from ${garage.name}: this number can send. No need to reply.`,
  ]);
  expect(await nothingKept(garage)).toEqual({ conversations: 0, interactions: 0 });
});

test("goes by WhatsApp in words into an open window, by a template otherwise, and not at all without one", async () => {
  const garage = await given();
  const to = "+447700900462";
  await expect(send(garage, "whatsapp", to)).rejects.toMatchObject({ field: "to", code: "invalid_input" });
  await control().putTemplate({
    ...{
      line: garage.slug,
      name: "hello_world",
      language: "en_GB",
      status: "APPROVED",
      category: "UTILITY",
    },
    components: [{ type: "BODY", text: "Hello from your garage" }],
  });
  await readTemplates(context(), listWhatsAppTemplates, garage.businessAccountId);
  expect((await send(garage, "whatsapp", to)).lastTest).toMatchObject({ failure: null });
  expect(await phoneOf(garage, to)).toEqual(["Hello from your garage"]);
  await control().openWindow({ line: garage.slug, from: to });
  await accept(
    context(),
    garage.profile,
    givenMessage("whatsapp", { from: to, identity: garage.identity, at: context().now() }),
  );
  await send(garage, "whatsapp", to);
  expect((await phoneOf(garage, to)).at(-1)).toMatch(/^Test message from /);
});

test("that the provider refuses is told as such", async () => {
  const garage = await given();
  await control().behave({ provider: "twilio", on: "send", effect: { kind: "error", code: 21608 } });
  expect((await send(garage, "sms", "07700 900463")).lastTest?.failure).toMatch(/trial account/);
});

test.each([
  ["12", /not a telephone number/],
  ["its own", /own numbers/],
  ["0909 879 0000", /Premium-rate/],
  ["+8816 1234 5678", /UK mobile/],
  ["+252 5 012345", /UK mobile/],
  ["+1 202 555 0142", /UK mobile/],
  ["0191 498 0123", /UK mobile/],
  ["07797 712345", /UK mobile/],
])("to %s is refused at its field", async (to, why) => {
  const garage = await given();
  await expect(send(garage, "sms", to === "its own" ? garage.phone : to)).rejects.toMatchObject({
    field: "to",
    message: expect.stringMatching(why),
  });
});

test("makes no link of what a garage is called, and goes to no garage's line, which would be billed", async () => {
  const garage = await given();
  await pool().query("UPDATE organization SET name = $2 WHERE id = $1", [
    garage.orgId,
    "Refund due: https://claims.example/a1",
  ]);
  await send(garage, "sms", "07700 900465");
  expect((await phoneOf(garage, "+447700900465")).join()).not.toMatch(/:\/\/|\w\.\w/);
  await pool().query(
    "INSERT INTO channel_number (channel, identity, org_id, assigned_at) SELECT 'sms', $2, org_id, now() FROM channel_number WHERE org_id = $1 LIMIT 1",
    [(await given()).orgId, "+447700900466"],
  );
  await expect(send(garage, "sms", "07700 900466")).rejects.toMatchObject({ field: "to" });
});

test("is refused by a line that is not connected, and after ten an hour of a garage", async () => {
  const garage = await given();
  for (let n = 0; n < 10; n += 1) await send(garage, "sms", "07700900464");
  await expect(send(garage, "sms", "07700900464")).rejects.toMatchObject({ code: "rate_limited" });
  await assignedOnly(garage);
  await expect(send(garage, "sms", "07700900464")).rejects.toMatchObject({ code: "conflict" });
});
