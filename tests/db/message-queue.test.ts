import { describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { assign } from "@/lib/inbox/assign";
import { done } from "@/lib/inbox/done";
import { getConversation } from "@/lib/inbox/get-conversation";
import { handBack } from "@/lib/inbox/hand-back";
import { markRead } from "@/lib/inbox/mark-read";
import { reopen } from "@/lib/inbox/reopen";
import { reply } from "@/lib/inbox/reply";
import { snooze } from "@/lib/inbox/snooze";
import { takeOver } from "@/lib/inbox/take-over";
import { wakeConversation } from "@/lib/inbox/wake-conversation";
import { newId } from "@/lib/shared/ids";
import { runJobs } from "../factories/jobs";
import { givenDesk } from "../factories/message-desk";
import { sentTo, startedSandbox } from "../factories/message-garage";

const sandbox = startedSandbox();
const HOUR_MS = 3_600_000;

const eventsOf = async (reader: Ctx, orgId: string, id: string) =>
  (await getConversation(reader, orgId, id)).events.map(({ kind, by }) => [kind, by?.name ?? null]);

describe("done", () => {
  it("clears what waits and ends the hold without an answer of the AI; the next message is handled as if nobody held it", async () => {
    const { orgId, id, write, ann, look, authors } = await givenDesk(sandbox.current(), { credits: 500 });
    await runJobs();
    await takeOver(ann, orgId, id);
    await write("Do you fit towbars?");
    expect(await look()).toMatchObject({ state: "open", needsAttention: true, holder: { name: "Ann" } });
    await done(ann, orgId, id);
    const dealtWith = { needsAttention: false, attentionReason: null, holder: null, handOffSummary: null };
    expect(await look()).toMatchObject({ state: "done", ...dealtWith });
    await runJobs();
    expect(await authors()).toEqual(["ai"]);
    await write("And winter tyres?");
    await runJobs();
    expect(await look()).toMatchObject({ state: "open", needsAttention: false, unread: true });
    expect(await authors()).toEqual(["ai", "ai"]);
    expect(await eventsOf(ann, orgId, id)).toEqual([
      ["taken_over", "Ann"],
      ["done", "Ann"],
      ["reopened", null],
    ]);
  });

  it("answers nothing of what came before it, also where it is held and handed back later", async () => {
    const { orgId, id, write, ann, authors } = await givenDesk(sandbox.current(), { credits: 500 });
    await runJobs();
    await takeOver(ann, orgId, id);
    await write("Do you fit towbars?");
    await done(ann, orgId, id);
    await reopen(ann, orgId, id);
    await takeOver(ann, orgId, id);
    await handBack(ann, orgId, id);
    await runJobs();
    expect(await authors()).toEqual(["ai"]);
  });

  it("twice at once is done once, with one line in the thread", async () => {
    const { orgId, id, ann, bob } = await givenDesk(sandbox.current());
    await Promise.all([done(ann, orgId, id), done(bob, orgId, id), done(ann, orgId, id)]);
    expect(await eventsOf(ann, orgId, id)).toMatchObject([["done", expect.any(String)]]);
  });

  it("and a message of the customer's at once: whatever comes first, the message is not lost", async () => {
    const { orgId, id, write, ann, look } = await givenDesk(sandbox.current());
    for (const [first, second] of [
      [() => done(ann, orgId, id), () => write("Are you there?")],
      [() => write("Are you there?"), () => done(ann, orgId, id)],
    ] as const) {
      await Promise.all([first(), second()]);
      const { state, needsAttention } = await look();
      const { events } = await getConversation(ann, orgId, id);
      expect([state === "open", needsAttention]).toEqual([
        events.findLast(({ kind }) => kind === "done" || kind === "reopened")?.kind === "reopened",
        state === "open",
      ]);
      await done(ann, orgId, id);
    }
  });

  it.each([
    ["done", done],
    [
      "snoozed",
      (ctx: Ctx, orgId: string, id: string, shown: { readTo: Date | null }) =>
        snooze(ctx, orgId, id, new Date(ctx.now().getTime() + HOUR_MS), shown),
    ],
  ] as const)(
    "is refused, or %s, over a message that the page had not shown: nothing changes",
    async (state, putAway) => {
      const { ctx, orgId, id, write, writeAt, ann, look } = await givenDesk(sandbox.current());
      const shownNow = async () => {
        const { readTo } = await getConversation(ann, orgId, id);
        return { readTo: readTo === null ? null : new Date(readTo) };
      };
      await takeOver(ann, orgId, id);
      let shown = await shownNow();
      const long = "It squeals. ".repeat(20);
      for (const [arrive, quoted] of [
        [() => write("The brakes failed.\nShall I drive?"), "The brakes failed."],
        [() => writeAt(new Date(ctx.now().getTime() - HOUR_MS), long), `${long.slice(0, 80).trim()}…`],
      ] as const) {
        await arrive();
        const before = await look();
        for (const stale of [shown, { readTo: null }])
          await expect(putAway(ann, orgId, id, stale)).rejects.toMatchObject({
            code: "written_meanwhile",
            status: 409,
            message: `The customer has written meanwhile: “${quoted}”`,
          });
        expect(await look()).toEqual(before);
        shown = await shownNow();
      }
      await putAway(ann, orgId, id, shown);
      expect(await look()).toMatchObject({ state });
    },
  );

  it("and a message at once, as the page showed it: done comes first and is reopened, or is refused", async () => {
    const { orgId, id, write, ann, look } = await givenDesk(sandbox.current());
    for (let round = 0; round < 5; round += 1) {
      const { readTo } = await getConversation(ann, orgId, id);
      await Promise.allSettled([
        done(ann, orgId, id, { readTo: new Date(readTo ?? 0) }),
        write("Are you there?"),
      ]);
      expect(await look()).toMatchObject({ state: "open", needsAttention: true, unread: true });
    }
  });

  it("and a reply at once: it stays done, or is open and held by who replied", async () => {
    const { orgId, id, ann, bob, look } = await givenDesk(sandbox.current());
    for (let round = 0; round < 5; round += 1) {
      const words = { orgId, conversationId: id, body: "We are open.", key: newId() };
      await Promise.all([done(ann, orgId, id), reply(bob, words)]);
      const { state, holder } = await look();
      expect([state, holder?.name ?? null]).toEqual(state === "done" ? ["done", null] : ["open", "Bob"]);
    }
    expect(await sentTo(orgId)).toHaveLength(6);
  });

  it("a reply that could not be delivered reopens it: nobody would hear of it otherwise", async () => {
    const { orgId, id, ann, look } = await givenDesk(sandbox.current());
    await runJobs();
    await sandbox.current().control.behave({
      provider: "twilio",
      on: "send",
      times: null,
      effect: { kind: "error", code: 21_211 },
    });
    await reply(ann, { orgId, conversationId: id, body: "We are open.", key: newId() });
    await done(ann, orgId, id);
    await runJobs();
    const reopened = { state: "open", needsAttention: true, attentionReason: "not-delivered" };
    expect(await look()).toMatchObject(reopened);
    expect((await eventsOf(ann, orgId, id)).at(-1)).toEqual(["reopened", null]);
  });

  it("a message that was written before it and comes late still reopens it: nobody has read it", async () => {
    const { ctx, orgId, id, writeAt, ann, look } = await givenDesk(sandbox.current());
    await done(ann, orgId, id);
    await writeAt(new Date(ctx.now().getTime() - HOUR_MS), "My exhaust has come off.");
    expect(await look()).toMatchObject({ state: "open", needsAttention: true, unread: true });
  });
});

describe("a snooze", () => {
  const later = (ctx: Ctx) => new Date(ctx.now().getTime() + HOUR_MS);

  it("hides nothing for good: at its time the conversation wants attention, once, however late or often its job comes", async () => {
    const { orgId, id, ann, bob, look, at } = await givenDesk(sandbox.current(), { credits: 500 });
    await runJobs();
    const until = later(ann);
    await snooze(ann, orgId, id, until);
    expect(await look()).toMatchObject({ state: "snoozed", snoozedUntil: until.toISOString() });
    await runJobs();
    expect(await wakeConversation(at(new Date(until.getTime() - 1)), { orgId, conversationId: id })).toEqual({
      kind: "too-early",
    });
    const { rows } = await pool().query(
      `SELECT run_at FROM graphile_worker.jobs WHERE task_identifier = 'wake-conversation' AND key = $1`,
      [`wake-conversation:${id}`],
    );
    expect(rows).toHaveLength(1);
    const late = at(new Date(until.getTime() + 9 * HOUR_MS));
    const twice = await Promise.all([1, 2].map(() => wakeConversation(late, { orgId, conversationId: id })));
    expect(twice.map(({ kind }) => kind).sort()).toEqual(["not-snoozed", "woken"]);
    expect(await look(bob)).toMatchObject({ state: "open", attentionReason: "snooze-over" });
    expect(await eventsOf(ann, orgId, id)).toEqual([
      ["snoozed", "Ann"],
      ["snooze_over", null],
    ]);
  });

  it("ends with what the customer writes, whose reminder is due then, and with done", async () => {
    const { orgId, id, write, ann, look, at } = await givenDesk(sandbox.current(), { credits: 500 });
    await runJobs();
    await snooze(ann, orgId, id, later(ann));
    await write("Is it ready?");
    expect(await look()).toMatchObject({ state: "open", attentionReason: "snooze-over" });
    await snooze(ann, orgId, id, later(ann));
    await done(ann, orgId, id);
    const late = at(new Date(later(ann).getTime() + HOUR_MS));
    expect(await wakeConversation(late, { orgId, conversationId: id })).toEqual({ kind: "not-snoozed" });
    expect(await look()).toMatchObject({ state: "done", needsAttention: false });
  });

  it("keeps what waits: the reason is still there afterwards", async () => {
    const { orgId, id, ann, look } = await givenDesk(sandbox.current());
    await snooze(ann, orgId, id, later(ann));
    await reopen(ann, orgId, id);
    expect(await look()).toMatchObject({ state: "open", attentionReason: "credit-exhaustion" });
  });

  it.each([
    ["now", 0],
    ["in the past", -1],
    ["in two years", 2 * 366 * 24 * HOUR_MS],
    ["at no time", Number.NaN],
  ])("until %s is refused", async (_, aheadMs) => {
    const { orgId, id, ann } = await givenDesk(sandbox.current());
    const until = new Date(ann.now().getTime() + aheadMs);
    await expect(snooze(ann, orgId, id, until)).rejects.toMatchObject({
      code: "invalid_input",
      field: "until",
    });
  });
});

describe("assigned", () => {
  it("is apart from held, to one at a time, and only to who may reply", async () => {
    const { orgId, id, ann, bob, mechanic, look } = await givenDesk(sandbox.current());
    await Promise.all([assign(ann, orgId, id, bob.actor.userId), assign(bob, orgId, id, ann.actor.userId)]);
    const { assignee, holder } = await look();
    const { events } = await getConversation(ann, orgId, id);
    expect(events.map(({ kind }) => kind)).toEqual(["assigned", "assigned"]);
    expect([assignee, holder]).toEqual([events.at(-1)?.to, null]);
    await takeOver(ann, orgId, id);
    expect((await look()).assignee).toEqual(assignee);
    for (const stranger of [mechanic.actor.userId, newId()])
      await expect(assign(ann, orgId, id, stranger)).rejects.toMatchObject({ field: "userId" });
    expect(await assign(ann, orgId, id, null)).toEqual({ assignee: null });
    expect((await look()).assignee).toBeNull();
  });

  it("to somebody who leaves the garage: it is the team's at once, and stays so", async () => {
    const { orgId, id, ann, bob, look } = await givenDesk(sandbox.current());
    await assign(ann, orgId, id, bob.actor.userId);
    await prisma().member.deleteMany({ where: { organizationId: orgId, userId: bob.actor.userId } });
    expect((await look(ann)).assignee).toBeNull();
    await runJobs();
    const { rows } = await pool().query(`SELECT assigned_to FROM conversation WHERE id = $1`, [id]);
    expect(rows).toEqual([{ assigned_to: null }]);
    expect((await getConversation(ann, orgId, id)).events.at(-1)).toMatchObject({
      kind: "assigned",
      by: null,
      to: null,
    });
  });
});

describe("unread", () => {
  it("is each member's own, never moves back, and covers nothing that came after what was shown", async () => {
    const { orgId, id, write, ann, bob, look } = await givenDesk(sandbox.current());
    expect([(await look(ann)).unread, (await look(bob)).unread]).toEqual([true, true]);
    const shown = new Date((await getConversation(ann, orgId, id)).readTo ?? 0);
    await write("And a tow bar?");
    await markRead(ann, orgId, id, shown);
    expect((await look(ann)).unread).toBe(true);
    await markRead(ann, orgId, id, new Date(Date.now() + HOUR_MS));
    await markRead(ann, orgId, id, shown);
    expect([(await look(ann)).unread, (await look(bob)).unread]).toEqual([false, true]);
    await write("Hello?");
    expect((await look(ann)).unread).toBe(true);
  });
});
