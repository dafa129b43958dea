import { describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { pool } from "@/lib/db/pool";
import { addNote } from "@/lib/inbox/add-note";
import { getConversation } from "@/lib/inbox/get-conversation";
import { type ReplyInput, reply } from "@/lib/inbox/reply";
import { takeOver } from "@/lib/inbox/take-over";
import { eventStream } from "@/lib/notify/event-stream";
import { deliverLive, type LiveEvent } from "@/lib/notify/live";
import { newId } from "@/lib/shared/ids";
import { runJobs } from "../factories/jobs";
import { givenDesk } from "../factories/message-desk";
import { sentTo, startedSandbox } from "../factories/message-garage";

const sandbox = startedSandbox();

const lastShownTo = async (reader: Ctx, orgId: string, id: string): Promise<string | null> =>
  (await getConversation(reader, orgId, id)).messages.at(-1)?.id ?? null;

/** Two advisors look at the same customer. */
async function givenTwoLooking() {
  const desk = await givenDesk(sandbox.current(), { credits: 500 });
  const { orgId, id } = desk;
  const say = (who: Ctx, body: string, more: Partial<ReplyInput> = {}) =>
    reply(who, { orgId, conversationId: id, body, key: newId(), ...more });
  return { ...desk, say, seen: await lastShownTo(desk.ann, orgId, id) };
}

describe("two people who answer one customer", () => {
  it("at once: the second is told who has replied, until they say that they know", async () => {
    const { orgId, ann, bob, say, seen } = await givenTwoLooking();
    const both = await Promise.allSettled([
      say(ann, "We open at eight.", { seen }),
      say(bob, "At 8.", { seen }),
    ]);
    const refused = both.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refused).toEqual([expect.objectContaining({ code: "answered_meanwhile", status: 409 })]);
    const first = both[0].status === "fulfilled" ? "Ann" : "Bob";
    expect(refused[0].message).toBe(`${first} replied while you were writing.`);
    const second = first === "Ann" ? bob : ann;
    expect(await say(second, "And on Sundays at ten.", { seen, anyway: true })).toEqual({ kind: "queued" });
    expect((await sentTo(orgId)).map(({ author }) => author)).toEqual(["staff", "staff"]);
  });

  it("one after the other, having seen it: nothing is refused, nor one's own words before", async () => {
    const { orgId, id, ann, bob, say, seen } = await givenTwoLooking();
    await say(ann, "We open at eight.", { seen });
    expect(await say(ann, "Until six.", { seen })).toEqual({ kind: "queued" });
    const bobs = await lastShownTo(bob, orgId, id);
    expect(await say(bob, "And on Sundays at ten.", { seen: bobs })).toEqual({ kind: "queued" });
  });

  it("in a conversation that showed nothing yet, or by a page that does not say what it showed", async () => {
    const { ann, bob, say } = await givenTwoLooking();
    await say(ann, "We open at eight.", { seen: null });
    await expect(say(bob, "At 8.", { seen: null })).rejects.toMatchObject({ code: "answered_meanwhile" });
    expect(await say(bob, "At 8.")).toEqual({ kind: "queued" });
  });

  it("the same reply sent again by a browser that lost the answer is repeated, not refused", async () => {
    const { orgId, ann, bob, say, seen } = await givenTwoLooking();
    const key = newId();
    await say(ann, "We open at eight.", { seen, key });
    await say(bob, "On Sundays at ten.", { seen, anyway: true });
    expect(await say(ann, "We open at eight.", { seen, key })).toEqual({ kind: "repeated" });
    expect(await sentTo(orgId)).toHaveLength(2);
  });

  it("what the AI, the canned words or a failed send said meanwhile keeps nobody from replying", async () => {
    const { orgId, ann, bob, say, seen } = await givenTwoLooking();
    await runJobs();
    expect((await sentTo(orgId)).map(({ author }) => author)).toEqual(["ai"]);
    await say(ann, "We open at eight.", { seen });
    await pool().query(`UPDATE message SET status = 'failed' WHERE org_id = $1 AND author = 'staff'`, [
      orgId,
    ]);
    expect(await say(bob, "We open at eight.", { seen })).toEqual({ kind: "queued" });
  });

  it.each([
    ["a template", "template", "Ann"],
    ["a picture", "image", "Ann"],
    ["what was typed on the garage’s phone", "echo", "Somebody on the garage’s phone"],
  ])("%s counts as a reply", async (_, type, by) => {
    const { orgId, ann, bob, say, seen } = await givenTwoLooking();
    await say(ann, "Here you are.", { seen });
    await pool().query(`UPDATE message SET type = $2 WHERE org_id = $1 AND author = 'staff'`, [orgId, type]);
    await expect(say(bob, "Here.", { seen })).rejects.toMatchObject({
      code: "answered_meanwhile",
      message: `${by} replied while you were writing.`,
    });
  });

  it("a reply takes the conversation over, which the thread tells of once", async () => {
    const { orgId, id, ann, bob, say } = await givenTwoLooking();
    await say(ann, "We open at eight.");
    await say(ann, "Until six.");
    await takeOver(ann, orgId, id);
    await say(bob, "On Sundays at ten.");
    const { events, messages } = await getConversation(ann, orgId, id);
    expect(events.map(({ kind, by }) => [kind, by?.name])).toEqual([
      ["taken_over", "Ann"],
      ["taken_over", "Bob"],
    ]);
    expect(messages.map(({ by }) => by?.name ?? null)).toEqual([null, "Ann", "Ann", "Bob"]);
  });
});

describe("a note", () => {
  it("is kept once for its key, seen by the team, and no message: nothing can send it", async () => {
    const { orgId, id, ann, bob } = await givenDesk(sandbox.current());
    const note = { orgId, conversationId: id, body: " Owes us £40. ", key: newId() };
    const kept = await Promise.all([addNote(ann, note), addNote(ann, note)]);
    expect(kept.map(({ kind }) => kind).sort()).toEqual(["added", "repeated"]);
    expect(await addNote(bob, note)).toEqual({ kind: "added" });
    await runJobs();
    const { events, messages } = await getConversation(bob, orgId, id);
    expect(events.map(({ kind, by, body }) => [kind, by?.name, body])).toEqual([
      ["note", "Ann", "Owes us £40."],
      ["note", "Bob", "Owes us £40."],
    ]);
    expect(messages.map(({ body }) => body).join()).not.toContain("Owes");
    expect(JSON.stringify(await sentTo(orgId))).not.toContain("Owes");
  });

  it("changes nothing of who has the conversation, what waits in it, or whether it is done", async () => {
    const { orgId, id, ann, look } = await givenDesk(sandbox.current());
    const before = await look();
    await addNote(ann, { orgId, conversationId: id, body: "Owes us £40.", key: newId() });
    expect(await look()).toEqual(before);
  });
});

describe("typing", () => {
  it("is told to who may see messages, and to nobody else of the garage", async () => {
    const { orgId, id, ann, bob, mechanic } = await givenDesk(sandbox.current());
    const gone = new AbortController();
    const streams = [bob, mechanic].map(({ actor }) =>
      eventStream(actor, { signal: gone.signal, roleNow: async () => actor.role }).getReader(),
    );
    const event: LiveEvent = {
      type: "conversation/typing",
      orgId,
      conversationId: id,
      userId: ann.actor.userId,
    };
    deliverLive(event);
    deliverLive({ type: "subscription/changed", orgId });
    const heard = await Promise.all(
      streams.map(async (stream) => {
        const texts: string[] = [];
        while (!texts.at(-1)?.includes("subscription/changed"))
          texts.push(new TextDecoder().decode((await stream.read()).value));
        return texts.join("");
      }),
    );
    gone.abort();
    expect(heard[0]).toContain(
      `event: conversation/typing\ndata: ${JSON.stringify({ conversationId: id, userId: ann.actor.userId })}`,
    );
    expect(heard[1]).not.toContain("typing");
  });
});
