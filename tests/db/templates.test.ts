import { beforeAll, describe, expect, test } from "vitest";
import { POST as whatsapp } from "@/app/api/webhooks/whatsapp/route";
import { listWhatsAppTemplates } from "@/lib/channels/whatsapp/list-templates";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { listTemplates, refreshTemplates } from "@/lib/inbox/list-templates";
import { readAllTemplates, readTemplates } from "@/lib/inbox/read-templates";
import { newId } from "@/lib/shared/ids";
import { runJobs } from "../factories/jobs";
import { testContext } from "../factories/ledger";
import { accept, conversationOf, givenGarage, member, startedSandbox } from "../factories/message-garage";
import { givenMessage } from "../factories/messages";
import { type Json, metaPost } from "../factories/whatsapp";

const sandbox = startedSandbox();
let ctx: ReturnType<typeof testContext>;
// Once the sandbox stands: the first context reads the environment.
beforeAll(() => {
  ctx = testContext(new Date());
});
const control = () => sandbox.current().control;
const given = () => givenGarage(sandbox.current(), ctx, 100);

const read = ({ businessAccountId }: { businessAccountId: string }) =>
  readTemplates(ctx, listWhatsAppTemplates, businessAccountId);
const offered = async (orgId: string, conversationId?: string) =>
  (await listTemplates(member(orgId), orgId, conversationId)).templates;
const names = async (orgId: string) => (await offered(orgId)).map(({ name }) => name);

/** What Meta posts of a business account. */
async function tell(accountId: string, ...changes: Json[]): Promise<void> {
  const body = { object: "whatsapp_business_account", entry: [{ id: accountId, changes }] };
  const response = await whatsapp(new Request("http://127.0.0.1/api/webhooks/whatsapp", metaPost(body)));
  expect(response.status).toBe(200);
}
const updated = {
  field: "message_template_status_update",
  value: { event: "PAUSED", message_template_id: 1 },
};

describe("reading", () => {
  test("offers what is approved, and counts what is not", async () => {
    const garage = await given();
    expect(await listTemplates(member(garage.orgId), garage.orgId)).toMatchObject({
      templates: [],
      account: "known",
      readAt: null,
    });
    await read(garage);
    const { templates, notApproved, readAt, failure } = await listTemplates(
      member(garage.orgId),
      garage.orgId,
    );
    expect(templates.map(({ name, category }) => [name, category])).toEqual([
      ["appointment_reminder", "utility"],
      ["vehicle_ready", "utility"],
      ["we_missed_you", "marketing"],
    ]);
    expect({ notApproved, failure }).toEqual({ notApproved: 2, failure: null });
    expect(readAt).not.toBeNull();
  });

  test("reads every page", async () => {
    const garage = await given();
    for (let n = 0; n < 101; n += 1)
      await control().putTemplate({
        line: garage.slug,
        name: `template_${String(n).padStart(3, "0")}`,
        components: [{ type: "BODY", text: "Hello" }],
        tell: false,
      });
    await read(garage);
    expect(await names(garage.orgId)).toHaveLength(104);
  });

  test("what Meta no longer lists is gone, what it pauses is not offered, and new words are another template", async () => {
    const garage = await given();
    const line = garage.slug;
    await read(garage);
    const before = await offered(garage.orgId);
    await control().withdrawTemplates({ line, name: "we_missed_you", tell: false });
    await control().putTemplate({ line, name: "vehicle_ready", status: "PAUSED", tell: false });
    const components = [{ type: "BODY", text: "See you soon" }];
    await control().putTemplate({ line, name: "appointment_reminder", components, tell: false });
    await read(garage);
    const after = await offered(garage.orgId);
    expect(after.map(({ name, content }) => [name, content.body])).toEqual([
      ["appointment_reminder", "See you soon"],
    ]);
    expect(after[0]?.id).not.toBe(before[0]?.id);
    await control().putTemplate({ line, name: "vehicle_ready", status: "APPROVED", tell: false });
    await read(garage);
    expect((await offered(garage.orgId)).map(({ id }) => id)).toEqual([after[0]?.id, before[1]?.id]);
  });

  test("a failed reading leaves what there is, and says why; the next one that succeeds ends it", async () => {
    const garage = await given();
    await read(garage);
    for (const [code, words] of [
      [190, "access"],
      [200, "permission"],
      [80007, "too often"],
      [131000, "Try again"],
    ] as const) {
      await control().behave({ provider: "meta", on: "templates", effect: { kind: "error", code } });
      await read(garage);
      const { templates, failure } = await listTemplates(member(garage.orgId), garage.orgId);
      expect(failure).toContain(words);
      expect(templates).toHaveLength(3);
    }
    await control().behave({ provider: "meta", on: "templates", effect: { kind: "hang-up" } });
    expect(await read(garage)).toMatchObject({ kind: "failed" });
    await read(garage);
    expect((await listTemplates(member(garage.orgId), garage.orgId)).failure).toBeNull();
  });

  test("an answer that was asked for earlier does not replace a later one", async () => {
    const garage = await given();
    const early = { ...ctx, now: () => new Date(ctx.now().getTime() - 60_000) };
    await read(garage);
    await readTemplates(early, async () => ({ kind: "read", templates: [] }), garage.businessAccountId);
    expect(await names(garage.orgId)).toHaveLength(3);
  });

  test("an account that does not answer holds up no other", async () => {
    const [slow, quick] = [await given(), await given()];
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const ask = async (account: string) => {
      if (account === slow.businessAccountId) await waiting;
      return listWhatsAppTemplates(account);
    };
    const all = readAllTemplates(ctx, ask);
    await expect.poll(() => names(quick.orgId)).toHaveLength(3);
    expect(await names(slow.orgId)).toEqual([]);
    answer();
    await all;
    expect(await names(slow.orgId)).toHaveLength(3);
  });

  test("garages that share an account have the same, each its own rows; others none of them", async () => {
    const [one, two, other] = [await given(), await given(), await given()];
    await prisma().channelNumber.updateMany({
      where: { orgId: two.orgId, channel: "whatsapp" },
      data: { accountId: one.businessAccountId },
    });
    await read(one);
    expect(await names(two.orgId)).toEqual(await names(one.orgId));
    const ids = async (orgId: string) => (await offered(orgId)).map(({ id }) => id);
    expect(new Set([...(await ids(one.orgId)), ...(await ids(two.orgId))]).size).toBe(6);
    expect(await names(other.orgId)).toEqual([]);
  });
});

describe("Meta's webhooks", () => {
  test("name the account of a number, and its templates are read", async () => {
    const garage = await given();
    const { orgId, identity, businessAccountId } = garage;
    await prisma().channelNumber.updateMany({ where: { orgId }, data: { accountId: null } });
    expect((await listTemplates(member(orgId), orgId)).account).toBe("unknown");
    const value = { messaging_product: "whatsapp", metadata: { phone_number_id: identity }, messages: [] };
    await tell(businessAccountId, { field: "messages", value });
    await runJobs();
    expect(await listTemplates(member(orgId), orgId)).toMatchObject({
      account: "known",
      templates: [{ name: "appointment_reminder" }, { name: "vehicle_ready" }, { name: "we_missed_you" }],
    });
    // The next delivery asks for nothing.
    await tell(businessAccountId, { field: "messages", value });
    const { rowCount } = await pool().query(
      `SELECT FROM graphile_worker.jobs WHERE key = 'read-templates:' || $1`,
      [businessAccountId],
    );
    expect(rowCount).toBe(0);
  });

  test("say that a template has changed: all of the account are read anew", async () => {
    const garage = await given();
    await read(garage);
    await control().putTemplate({ line: garage.slug, name: "vehicle_ready", status: "PAUSED", tell: false });
    await tell(garage.businessAccountId, updated);
    await runJobs();
    expect(await names(garage.orgId)).toEqual(["appointment_reminder", "we_missed_you"]);
  });

  test("about an account that is no garage’s ask Meta nothing", async () => {
    await given();
    await tell("299999999999990", updated);
    await runJobs();
    expect(await control().count({ provider: "meta", type: "templates" })).toBe(0);
  });
});

describe("on demand", () => {
  test("staff have them read at once; who asks again within ten seconds gets what was read", async () => {
    const garage = await given();
    const advisor = { ...member(garage.orgId), now: ctx.now };
    const refresh = () => refreshTemplates(advisor, listWhatsAppTemplates, garage.orgId);
    expect((await refresh()).templates).toHaveLength(3);
    await control().withdrawTemplates({ line: garage.slug, tell: false });
    expect((await refresh()).templates).toHaveLength(3);
    ctx.travel(new Date(ctx.now().getTime() + 11_000));
    expect((await refresh()).templates).toEqual([]);
  });
});

describe("for a conversation", () => {
  const given_ = async (from: string, name: string) => {
    const garage = await given();
    await read(garage);
    const sender = { externalId: from, phone: from, waId: from.slice(1), name, canBeAnswered: true };
    await accept(ctx, garage.profile, givenMessage("whatsapp", { identity: garage.identity, from, sender }));
    const { id } = await conversationOf(garage.orgId);
    return { garage, id };
  };
  const valuesOf = async (orgId: string, id: string) =>
    (await offered(orgId, id)).map(({ variables }) => variables.map(({ value }) => value));

  test("they are filled with the customer, the vehicle that is ready, the garage and the next appointment", async () => {
    const { garage, id } = await given_("+447700900777", "Sammy");
    const { orgId } = garage;
    const customerId = newId();
    const readyId = newId();
    await prisma().customer.create({
      data: { orgId, id: customerId, name: "Samira Khan", phone: "07700 900777" },
    });
    await prisma().vehicle.createMany({
      data: [
        { orgId, id: newId(), customerId, registration: "AA11AAA", description: "Fiat 500" },
        { orgId, id: readyId, customerId, registration: "BD22XYZ", description: "Ford Focus" },
      ],
    });
    expect((await valuesOf(orgId, id))[1]).toEqual(["Samira", "", garage.name]);
    await prisma().workOrder.create({
      data: { orgId, id: newId(), vehicleId: readyId, title: "MOT", status: "ready" },
    });
    await prisma().appointment.create({
      data: {
        ...{ orgId, id: newId(), customerId, customerName: "Samira Khan", service: "MOT", source: "test" },
        startsAt: new Date("2099-01-05T09:30:00Z"),
      },
    });
    expect(await valuesOf(orgId, id)).toEqual([
      ["Samira", "Ford Focus (BD22 XYZ)", garage.name, "Monday 5 January at 09:30"],
      ["Samira", "Ford Focus (BD22 XYZ)", garage.name],
      ["Samira", garage.name, "Ford Focus (BD22 XYZ)"],
    ]);
  });

  test("of somebody without a record only what they call themselves is filled in", async () => {
    const { garage, id } = await given_("+447700900778", "Alex Carter");
    expect((await valuesOf(garage.orgId, id))[1]).toEqual(["Alex", "", garage.name]);
  });

  test("another organisation's is not found, and needs messages.send", async () => {
    const { garage, id } = await given_("+447700900779", "Alex");
    const other = await given();
    await expect(offered(other.orgId, id)).rejects.toMatchObject({ code: "not_found" });
    const advisor = member(garage.orgId);
    const technician = { ...advisor, actor: { ...advisor.actor, role: "technician" as const } };
    await expect(listTemplates(technician as typeof advisor, garage.orgId)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      refreshTemplates(technician as typeof advisor, listWhatsAppTemplates, garage.orgId),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});
