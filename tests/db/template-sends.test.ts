import { describe, expect, test } from "vitest";
import { metaErrors } from "@/lib/channels/whatsapp/errors";
import { listWhatsAppTemplates } from "@/lib/channels/whatsapp/list-templates";
import { prisma } from "@/lib/db/prisma";
import { getConversation } from "@/lib/inbox/get-conversation";
import { listTemplates } from "@/lib/inbox/list-templates";
import { readTemplates } from "@/lib/inbox/read-templates";
import { recordStatus } from "@/lib/inbox/record-status";
import { sendTemplate } from "@/lib/inbox/send-template";
import { sentAgain } from "@/lib/inbox/template-client";
import { newId } from "@/lib/shared/ids";
import { runJobs } from "../factories/jobs";
import { testContext } from "../factories/ledger";
import {
  accept,
  conversationOf,
  givenAdvisor,
  givenGarage,
  member,
  sentTo,
  startedSandbox,
} from "../factories/message-garage";
import { givenMessage } from "../factories/messages";

const sandbox = startedSandbox();
const control = () => sandbox.current().control;

const CUSTOMER = "+447700900701";
const TWO_DAYS_MS = 48 * 3_600_000;
const READY = { "body.1": "Sam", "body.2": "Ford Focus", "body.3": "Brightside" };
const REMINDER = {
  "body.first_name": "Sam",
  "body.vehicle": "your Focus",
  "body.garage": "Brightside",
  "body.appointment_time": "Monday at 9",
};

/** A customer whose window closed yesterday, an advisor, and the templates of the garage's account. */
async function givenClosedWindow() {
  const ctx = testContext(new Date());
  const garage = await givenGarage(sandbox.current(), ctx, 0);
  const { orgId, identity } = garage;
  const from = { from: CUSTOMER, identity };
  await accept(
    ctx,
    garage.profile,
    givenMessage("whatsapp", { ...from, at: new Date(Date.now() - TWO_DAYS_MS) }),
  );
  await runJobs();
  const read = () => readTemplates(ctx, listWhatsAppTemplates, garage.businessAccountId);
  await read();
  const { id } = await conversationOf(orgId);
  const advisor = await givenAdvisor(orgId);
  const idOf = async (name: string): Promise<string> =>
    (await listTemplates(advisor, orgId, id)).templates.find((one) => one.name === name)?.id ?? "";
  const send = async (
    name: string,
    variables: Readonly<Record<string, string>>,
    given: { templateId?: string; key?: string } = {},
  ) =>
    sendTemplate(advisor, {
      orgId,
      conversationId: id,
      variables,
      templateId: given.templateId ?? (await idOf(name)),
      key: given.key ?? newId(),
    });
  const sent = async () => (await sentTo(orgId)).filter(({ author }) => author === "staff");
  const phone = async () => (await control().customer(garage.slug, CUSTOMER)).messages;
  return { ctx, garage, orgId, id, advisor, idOf, send, sent, phone, read };
}

describe("a template", () => {
  test("reaches the customer once, with the window closed, which it does not open; who sent it has the conversation", async () => {
    const { garage, orgId, id, advisor, send, sent, phone, idOf } = await givenClosedWindow();
    const given = { key: "key-of-the-browser", templateId: await idOf("appointment_reminder") };
    const all = await Promise.all([1, 2, 3].map(() => send("", REMINDER, given)));
    expect(all.map(({ kind }) => kind).sort()).toEqual(["queued", "repeated", "repeated"]);
    await runJobs();
    const text =
      "Your appointment\n\nHi Sam, this is a reminder that *your Focus* is booked in at Brightside on Monday at 9.\n\nPlease bring your locking wheel nut key. Do you need to change anything?\n\nReply here to reach our team";
    expect(await phone()).toMatchObject([{ text, buttons: ["See you then", "Change my booking"] }]);
    expect(await sent()).toMatchObject([{ body: text, status: "sent" }]);
    const { conversation, messages } = await getConversation(advisor, orgId, id);
    expect(messages.at(-1)).toMatchObject({ type: "template", author: "staff", body: text });
    const shown = messages.at(-1)?.template;
    expect(shown?.buttons.map((button) => button.text)).toEqual(["See you then", "Change my booking"]);
    // Filled in as it was, for another try.
    const { templates } = await listTemplates(advisor, orgId, id);
    expect(shown && sentAgain(templates, shown)).toEqual({ templateId: given.templateId, values: REMINDER });
    expect(shown && sentAgain([], shown)).toBeUndefined();
    expect(conversation.needsAttention).toBe(false);
    expect(Date.parse(conversation.windowEndsAt ?? "")).toBeLessThan(Date.now());
    const row = await prisma().conversation.findFirstOrThrow({ where: { orgId, id } });
    expect(row.heldBy).toBe(advisor.actor.kind === "member" ? advisor.actor.userId : null);
    expect(await control().count({ type: "send", path: garage.identity })).toBe(1);
  });

  test("is refused without effect where a variable is at fault, which is named", async () => {
    const { send, sent } = await givenClosedWindow();
    await expect(send("vehicle_ready", { ...READY, "body.2": "a\nb" })).rejects.toMatchObject({
      code: "invalid_input",
      field: "variables.body.2",
      message: "Write this in one line, without tabs.",
    });
    await expect(send("vehicle_ready", { "body.1": "Sam" })).rejects.toMatchObject({
      field: "variables.body.2",
    });
    expect(await sent()).toEqual([]);
  });

  test("that was withdrawn, paused or changed since it was shown is refused, and nothing is sent", async () => {
    const { garage, idOf, send, sent, read } = await givenClosedWindow();
    const line = garage.slug;
    const [missed, ready, reminder] = [
      await idOf("we_missed_you"),
      await idOf("vehicle_ready"),
      await idOf("appointment_reminder"),
    ];
    await control().withdrawTemplates({ line, name: "we_missed_you", tell: false });
    await control().putTemplate({ line, name: "vehicle_ready", status: "PAUSED", tell: false });
    const components = [{ type: "BODY", text: "Other words" }];
    await control().putTemplate({ line, name: "appointment_reminder", components, tell: false });
    await read();
    await expect(send("", {}, { templateId: missed })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("withdrawn or changed"),
    });
    await expect(send("", READY, { templateId: ready })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("paused"),
    });
    await expect(send("", REMINDER, { templateId: reminder })).rejects.toMatchObject({ code: "conflict" });
    expect(await sent()).toEqual([]);
  });

  test("a repeat is a repeat although the template has gone meanwhile", async () => {
    const { garage, idOf, send, read } = await givenClosedWindow();
    const given = { key: "the-same-key", templateId: await idOf("vehicle_ready") };
    await send("", READY, given);
    await control().withdrawTemplates({ line: garage.slug, tell: false });
    await read();
    expect(await send("", READY, given)).toEqual({ kind: "repeated" });
  });

  test.each([
    ["withdrawn", 132001, "no longer has this template"],
    ["paused", 132015, "has paused this template"],
    ["changed", 132000, "has changed at WhatsApp"],
  ] as const)(
    "that Meta has %s before we hear of it fails in words, is not sent again, and is read anew",
    async (how, code, words) => {
      const { garage, send, sent, idOf, phone } = await givenClosedWindow();
      await send("vehicle_ready", READY);
      const line = garage.slug;
      if (how === "withdrawn")
        await control().withdrawTemplates({ line, name: "vehicle_ready", tell: false });
      else
        await control().putTemplate({
          line,
          name: "vehicle_ready",
          tell: false,
          ...(how === "paused"
            ? { status: "PAUSED" }
            : { components: [{ type: "BODY", text: "Ready, {{1}}!" }] }),
        });
      await runJobs();
      expect(await sent()).toMatchObject([{ status: "failed", errorText: expect.stringContaining(words) }]);
      expect(await phone()).toEqual([]);
      expect(await control().count({ type: "send", path: garage.identity })).toBe(1);
      const before = await prisma().message.findFirstOrThrow({
        where: { orgId: garage.orgId, type: "template" },
      });
      expect(before.errorCode).toBe(code);
      if (how === "changed") expect(await idOf("vehicle_ready")).not.toBe("");
      else expect(await idOf("vehicle_ready")).toBe("");
    },
  );

  test("of marketing that WhatsApp holds back says what to do next, in a status or at once", async () => {
    const { ctx, orgId, id, send, sent, advisor } = await givenClosedWindow();
    const values = { "header.first_name": "Sam", "body.garage": "Brightside", "body.vehicle": "Focus" };
    await control().marketing(CUSTOMER, "stopped");
    await send("we_missed_you", values);
    await runJobs();
    expect(await sent()).toMatchObject([
      { status: "failed", errorText: expect.stringContaining("stopped marketing messages") },
    ]);
    await control().marketing(CUSTOMER, "allowed");
    await send("we_missed_you", values);
    await runJobs();
    const taken = await prisma().message.findFirstOrThrow({ where: { orgId, status: "sent" } });
    const failure = { code: 131049, reason: metaErrors.reasonOf(131049) ?? "", next: "tell-staff" } as const;
    const update = {
      channel: "whatsapp",
      providerId: taken.providerId ?? "",
      at: new Date(),
      status: "failed",
      failure,
    } as const;
    await recordStatus(ctx, orgId, update);
    const { messages, conversation } = await getConversation(advisor, orgId, id);
    expect(messages.at(-1)?.errorText).toMatch(
      /Try again tomorrow, use a template that is not marketing, or text them/,
    );
    expect(conversation).toMatchObject({ needsAttention: true, attentionReason: "not-delivered" });
  });

  test("goes to nobody who opted out, before it is queued or after", async () => {
    const { orgId, send, sent, phone } = await givenClosedWindow();
    await send("vehicle_ready", READY);
    await prisma().contact.updateMany({ where: { orgId }, data: { optedOutAt: new Date() } });
    await runJobs();
    expect(await sent()).toMatchObject([{ status: "failed", errorText: "opted-out" }]);
    await expect(send("vehicle_ready", READY)).rejects.toMatchObject({ code: "conflict" });
    expect(await phone()).toEqual([]);
  });

  test("of another account or organisation is not there, nor without messages.send", async () => {
    const one = await givenClosedWindow();
    const two = await givenClosedWindow();
    const templateId = await two.idOf("vehicle_ready");
    await expect(one.send("", READY, { templateId })).rejects.toMatchObject({ code: "conflict" });
    const input = { orgId: two.orgId, conversationId: one.id, templateId, variables: READY, key: newId() };
    await expect(sendTemplate(two.advisor, input)).rejects.toMatchObject({ code: "not_found" });
    await expect(sendTemplate(one.advisor, input)).rejects.toMatchObject({ code: "not_found" });
    const technician = {
      ...two.advisor,
      actor: { ...two.advisor.actor, role: "technician" },
    } as typeof two.advisor;
    await expect(sendTemplate(technician, { ...input, conversationId: two.id })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("is refused where a colleague has written since it was chosen, unless it is to go anyway", async () => {
    const { orgId, id, idOf, send, sent } = await givenClosedWindow();
    const seen = (await prisma().message.findFirstOrThrow({ where: { orgId, direction: "inbound" } })).id;
    await send("vehicle_ready", READY);
    const colleague = await givenAdvisor(orgId);
    const templateId = await idOf("appointment_reminder");
    const input = { orgId, conversationId: id, templateId, variables: REMINDER, key: newId(), seen };
    await expect(sendTemplate(colleague, input)).rejects.toMatchObject({ code: "answered_meanwhile" });
    expect(await sent()).toHaveLength(1);
    await sendTemplate(colleague, { ...input, anyway: true });
    expect(await sent()).toHaveLength(2);
  });

  test("on another channel is refused", async () => {
    const ctx = testContext(new Date());
    const garage = await givenGarage(sandbox.current(), ctx, 0);
    const { orgId } = garage;
    await accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone }));
    const { id } = await conversationOf(orgId);
    const input = { orgId, conversationId: id, templateId: newId(), variables: {}, key: newId() };
    await expect(sendTemplate(member(orgId), input)).rejects.toMatchObject({ code: "conflict" });
    await expect(listTemplates(member(orgId), orgId, id)).rejects.toMatchObject({ code: "conflict" });
  });
});

test("the customer's tap on a button of the template opens the window", async () => {
  const { ctx, garage, orgId, id, advisor, send } = await givenClosedWindow();
  await send("vehicle_ready", READY);
  await runJobs();
  const tap = givenMessage("whatsapp", {
    from: CUSTOMER,
    identity: garage.identity,
    type: "button",
    body: "On my way",
    at: new Date(),
  });
  await accept(ctx, garage.profile, tap);
  const { conversation } = await getConversation(advisor, orgId, id);
  expect(Date.parse(conversation.windowEndsAt ?? "")).toBeGreaterThan(Date.now());
});
