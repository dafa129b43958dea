import { describe, expect, it } from "vitest";
import { colleaguesWith } from "@/lib/auth/colleagues";
import type { Ctx } from "@/lib/auth/context";
import { pool } from "@/lib/db/pool";
import { addNote } from "@/lib/inbox/add-note";
import { assign } from "@/lib/inbox/assign";
import { countConversations } from "@/lib/inbox/count-conversations";
import { done } from "@/lib/inbox/done";
import { getConversation } from "@/lib/inbox/get-conversation";
import { listCannedResponses } from "@/lib/inbox/list-canned-responses";
import { type ConversationsAsked, listConversations } from "@/lib/inbox/list-conversations";
import { markRead } from "@/lib/inbox/mark-read";
import { removeCannedResponse } from "@/lib/inbox/remove-canned-response";
import { reopen } from "@/lib/inbox/reopen";
import { reply } from "@/lib/inbox/reply";
import { MAX_CANNED_RESPONSES, saveCannedResponse } from "@/lib/inbox/save-canned-response";
import { snooze } from "@/lib/inbox/snooze";
import { startConversation } from "@/lib/inbox/start-conversation";
import { tellTyping } from "@/lib/inbox/tell-typing";
import { newId } from "@/lib/shared/ids";
import { runJobs } from "../factories/jobs";
import { givenDesk } from "../factories/message-desk";
import { accept, sentTo, startedSandbox } from "../factories/message-garage";
import { givenMessage } from "../factories/messages";

const sandbox = startedSandbox();
const soon = () => new Date(Date.now() + 3_600_000);
const key = () => newId();

type Verb = (ctx: Ctx, orgId: string, id: string) => Promise<unknown>;

/** Every verb of the desk that is about one conversation or canned response. */
const ABOUT_ONE: readonly (readonly [string, Verb])[] = [
  ["assign", (ctx, orgId, id) => assign(ctx, orgId, id, null)],
  ["done", done],
  ["reopen", reopen],
  ["snooze", (ctx, orgId, id) => snooze(ctx, orgId, id, soon())],
  ["note", (ctx, orgId, id) => addNote(ctx, { orgId, conversationId: id, body: "A note", key: key() })],
  ["read", (ctx, orgId, id) => markRead(ctx, orgId, id, new Date())],
  ["typing", tellTyping],
  ["reply", (ctx, orgId, id) => reply(ctx, { orgId, conversationId: id, body: "Hello", key: key() })],
  ["change of a canned response", (ctx, orgId, id) => saveCannedResponse(ctx, orgId, { id, ...HOURS })],
  ["removal of a canned response", removeCannedResponse],
];

const OF_ALL: readonly (readonly [string, Verb])[] = [
  ["members", (ctx, orgId) => colleaguesWith(ctx, orgId, "messages.send")],
  ["canned responses", listCannedResponses],
  ["a new canned response", (ctx, orgId) => saveCannedResponse(ctx, orgId, HOURS)],
  [
    "a conversation",
    (ctx, orgId) => startConversation(ctx, { orgId, channel: "sms", phone: "+447700900777" }),
  ],
];

const HOURS = { shortcut: "hours", body: "Hi {firstName}, we open at eight. {garage}" };

describe("who may", () => {
  it.each([...ABOUT_ONE, ...OF_ALL])("%s: no mechanic", async (_, verb) => {
    const { orgId, id, mechanic } = await givenDesk(sandbox.current());
    await expect(verb(mechanic, orgId, id)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("and nobody of another garage, who is not told what there is", async () => {
    const desk = await givenDesk(sandbox.current());
    const other = await givenDesk(sandbox.current());
    await saveCannedResponse(desk.ann, desk.orgId, HOURS);
    const [hours] = await listCannedResponses(desk.ann, desk.orgId);
    for (const [name, verb] of ABOUT_ONE) {
      const id = name.includes("canned") ? (hours?.id ?? "") : desk.id;
      const theirs = verb(other.ann, desk.orgId, id);
      await expect(theirs, name).rejects.toMatchObject({ code: "not_found" });
      await expect(verb(other.ann, other.orgId, id), name).rejects.toMatchObject({ code: "not_found" });
    }
    for (const [name, verb] of OF_ALL)
      await expect(verb(other.ann, desk.orgId, ""), name).rejects.toMatchObject({ code: "not_found" });
    expect(await desk.look()).toMatchObject({ state: "open", unread: true });
    expect((await getConversation(desk.ann, desk.orgId, desk.id)).events).toEqual([]);
    expect(await listCannedResponses(desk.ann, desk.orgId)).toMatchObject([HOURS]);
  });

  it("be given conversations: those who can reply", async () => {
    const { orgId, ann, bob } = await givenDesk(sandbox.current());
    expect(await colleaguesWith(ann, orgId, "messages.send")).toEqual([
      { id: ann.actor.userId, name: "Ann" },
      { id: bob.actor.userId, name: "Bob" },
    ]);
  });
});

describe("a key that was used", () => {
  it("keeps the same once, and refuses other words and another conversation instead of losing them", async () => {
    const { orgId, id, ann } = await givenDesk(sandbox.current());
    const other = await startConversation(ann, { orgId, channel: "sms", phone: "+447700900782" });
    for (const keep of [addNote, reply]) {
      const first = { orgId, conversationId: id, body: "It is ready.", key: key(), seen: null };
      await keep(ann, first);
      expect(await keep(ann, first)).toEqual({ kind: "repeated" });
      for (const changed of [{ body: "It is not." }, { conversationId: other.id }])
        await expect(keep(ann, { ...first, ...changed })).rejects.toMatchObject({ code: "conflict" });
    }
  });
});

describe("starting a conversation", () => {
  it("by SMS: two at once make one, which a reply reaches, and which the customer's answer joins", async () => {
    const { ctx, garage, orgId, ann, bob } = await givenDesk(sandbox.current(), { credits: 500 });
    const phone = "+44 7700 900781";
    const made = await Promise.all(
      [ann, bob, ann].map((who) => startConversation(who, { orgId, channel: "sms", phone })),
    );
    const [id = ""] = [...new Set(made.map((one) => one.id))];
    expect(new Set(made.map((one) => one.id)).size).toBe(1);
    await reply(ann, { orgId, conversationId: id, body: "Your car is ready.", key: key(), seen: null });
    await runJobs();
    expect(await sentTo(orgId)).toContainEqual(
      expect.objectContaining({ author: "staff", body: "Your car is ready." }),
    );
    const sender = { externalId: "+447700900781", phone: "+447700900781", canBeAnswered: true };
    await accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone, sender }));
    const { messages, conversation } = await getConversation(ann, orgId, id);
    expect(
      messages
        .map(({ author }) => author)
        .slice(0, 2)
        .sort(),
    ).toEqual(["customer", "staff"]);
    expect(conversation).toMatchObject({ channel: "sms", phone: "+447700900781" });
  });

  it("puts nothing in front of anybody until something is said; its address and a search have it", async () => {
    const { orgId, ann, bob } = await givenDesk(sandbox.current());
    const phone = "+447700900784";
    const { id } = await startConversation(ann, { orgId, channel: "sms", phone });
    const before = await countConversations(bob, orgId);
    const listed = async (asked: ConversationsAsked) =>
      (await listConversations(bob, orgId, asked)).conversations.map((one) => one.id);
    expect(before).toMatchObject({ open: 1, unassigned: 1 });
    for (const view of ["open", "unassigned"] as const) expect(await listed({ view })).not.toContain(id);
    expect(await listed({ search: phone })).toEqual([id]);
    expect((await getConversation(ann, orgId, id)).conversation).toMatchObject({ state: "open", phone });
    await addNote(ann, { orgId, conversationId: id, body: "Ask about the MOT", key: key() });
    expect(await listed({ view: "open" })).toContain(id);
    const { id: second } = await startConversation(ann, { orgId, channel: "sms", phone: "+447700900785" });
    await reply(ann, { orgId, conversationId: second, body: "Your car is ready.", key: key(), seen: null });
    expect(await listed({ view: "open" })).toContain(second);
  });

  it("with somebody who has written before opens what there is, also on WhatsApp", async () => {
    const { ctx, garage, orgId, ann } = await givenDesk(sandbox.current());
    const sender = {
      externalId: "GB.1234567890",
      bsuid: "GB.1234567890",
      waId: "447700900782",
      phone: "+447700900782",
      canBeAnswered: true,
    };
    const before = await accept(
      ctx,
      garage.profile,
      givenMessage("whatsapp", { identity: garage.identity, sender }),
    );
    const started = await startConversation(ann, { orgId, channel: "whatsapp", phone: "+447700900782" });
    expect(before).toMatchObject({ conversationId: started.id });
  });

  it("on WhatsApp with somebody new: free words are refused until they write, as Meta would", async () => {
    const { orgId, ann } = await givenDesk(sandbox.current());
    const { id } = await startConversation(ann, { orgId, channel: "whatsapp", phone: "+447700900783" });
    const words = { orgId, conversationId: id, body: "Your car is ready.", key: key() };
    await expect(reply(ann, words)).rejects.toMatchObject({ code: "conflict" });
    const { conversation } = await getConversation(ann, orgId, id);
    expect(conversation).toMatchObject({
      channel: "whatsapp",
      windowEndsAt: null,
      state: "open",
      unread: false,
    });
  });

  it.each([
    "07700 900123",
    "60777",
    "+60777",
    "DVLA",
    "",
    "+44",
    "+447700",
    "+266696687",
    "+448712345678",
    "+449091234567",
    "+19005551234",
    "+443301234567",
    "+447640123456",
    "+12025550142",
    "+447797712345",
    "+441134960123",
  ])("under %j is refused", async (phone) => {
    const { orgId, ann } = await givenDesk(sandbox.current());
    const started = startConversation(ann, { orgId, channel: "sms", phone });
    await expect(started).rejects.toMatchObject({ code: "invalid_input", field: "phone" });
  });

  it("abroad is for WhatsApp, and for who has texted the garage", async () => {
    const { orgId, ann, garage, ctx } = await givenDesk(sandbox.current());
    const phone = "+353851234567";
    const start = (channel: "sms" | "whatsapp") => startConversation(ann, { orgId, channel, phone });
    await expect(start("sms")).rejects.toMatchObject({ field: "phone" });
    expect(await start("whatsapp")).toHaveProperty("id");
    const sender = { externalId: phone, phone, canBeAnswered: true };
    const written = await accept(
      ctx,
      garage.profile,
      givenMessage("sms", { identity: garage.phone, sender }),
    );
    expect(written).toMatchObject({ conversationId: (await start("sms")).id });
  });

  it("under the garage's own number is refused, and without a number of its own", async () => {
    const { garage, orgId, ann } = await givenDesk(sandbox.current());
    for (const phone of [garage.phone, ` ${garage.phone} `])
      await expect(startConversation(ann, { orgId, channel: "sms", phone })).rejects.toMatchObject({
        field: "phone",
      });
    await pool().query(`DELETE FROM channel_number WHERE org_id = $1 AND channel = 'whatsapp'`, [orgId]);
    const started = startConversation(ann, { orgId, channel: "whatsapp", phone: "+447700900123" });
    await expect(started).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("canned responses", () => {
  it("have one shortcut each, whoever makes them at once; a change keeps the id, a removal is final", async () => {
    const { orgId, ann, bob } = await givenDesk(sandbox.current());
    const made = await Promise.allSettled(
      [ann, bob, ann].map((who) => saveCannedResponse(who, orgId, HOURS)),
    );
    const refused = made.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    const taken = expect.objectContaining({ code: "conflict", field: "shortcut" });
    expect(refused).toEqual([taken, taken]);
    const [hours] = await listCannedResponses(bob, orgId);
    const id = hours?.id ?? "";
    await saveCannedResponse(bob, orgId, { id, shortcut: "/Opening", body: "We open at nine." });
    const { id: second } = await saveCannedResponse(ann, orgId, HOURS);
    await expect(saveCannedResponse(ann, orgId, { ...HOURS, id })).rejects.toMatchObject({
      field: "shortcut",
    });
    expect(await listCannedResponses(ann, orgId)).toMatchObject([
      { id: second, shortcut: "hours" },
      { id, shortcut: "opening", body: "We open at nine.", updatedBy: { name: "Bob" } },
    ]);
    await removeCannedResponse(ann, orgId, id);
    const gone = { code: "not_found" };
    await expect(removeCannedResponse(ann, orgId, id)).rejects.toMatchObject(gone);
    await expect(saveCannedResponse(ann, orgId, { ...HOURS, id })).rejects.toMatchObject(gone);
  });

  it("are so many at most, also where two make the last one at once", async () => {
    const { orgId, ann, bob } = await givenDesk(sandbox.current());
    await pool().query(
      `INSERT INTO canned_response (org_id, id, shortcut, body, updated_by, updated_at)
       SELECT $1, gen_random_uuid(), 'n' || n, 'Hello', $2, now() FROM generate_series(2, $3::integer) AS n`,
      [orgId, ann.actor.userId, MAX_CANNED_RESPONSES],
    );
    const last = [ann, bob].map((who, nth) =>
      saveCannedResponse(who, orgId, { shortcut: `last-${nth}`, body: "Hello" }),
    );
    const ended = await Promise.allSettled(last);
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await listCannedResponses(ann, orgId)).toHaveLength(MAX_CANNED_RESPONSES);
  });
});
