import { describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { askDiagnostics } from "@/lib/diagnostics/ask";
import { listHistory } from "@/lib/diagnostics/list-history";
import { getConversation } from "@/lib/inbox/get-conversation";
import { handBack } from "@/lib/inbox/hand-back";
import { listConversations } from "@/lib/inbox/list-conversations";
import { reply } from "@/lib/inbox/reply";
import { takeOver } from "@/lib/inbox/take-over";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
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

const CREDITS_FOR_A_WHILE = 500;
const MINUTE_MS = 60_000;

const givenCustomer = async (amount: number) => {
  const ctx = testContext(new Date());
  const garage = await givenGarage(sandbox.current(), ctx, amount);
  const writeAt = (at: Date, body: string) => {
    ctx.travel(at);
    return accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone, body, at }));
  };
  const write = (body: string) => writeAt(new Date(), body);
  const authors = async () => (await sentTo(garage.orgId)).map(({ author }) => author);
  return { ctx, garage, orgId: garage.orgId, write, writeAt, authors };
};

/** A person with an account, in the garage as what they are. */
async function givenMember(orgId: string, name: string, role: "advisor" | "technician"): Promise<Ctx> {
  const userId = newId();
  await prisma().user.create({ data: { id: userId, name, email: `${userId}@garage.invalid` } });
  await prisma().member.create({ data: { id: newId(), organizationId: orgId, userId, role } });
  return { ...testContext(new Date()), actor: { kind: "member", userId, orgId, role } };
}

const topUp = (ctx: Ctx, orgId: string) =>
  grantCredits(ctx, { orgId, kind: "purchased", amount: credits(500), key: `given:${newId()}` });

describe("handing back", () => {
  it("answers the customer who still waits, gated then", async () => {
    const { orgId, write, authors } = await givenCustomer(CREDITS_FOR_A_WHILE);
    const advisor = await givenAdvisor(orgId);
    await write("What are your opening hours?");
    await runJobs();
    const { id } = await conversationOf(orgId);
    await takeOver(advisor, orgId, id);
    await write("Do you fit towbars?");
    await runJobs();
    expect(await conversationOf(orgId)).toMatchObject({ attention: true, why: "no-automatic-answer" });
    expect(await authors()).toEqual(["ai"]);
    await handBack(advisor, orgId, id);
    expect(await conversationOf(orgId)).toMatchObject({ attention: false });
    await runJobs();
    expect(await authors()).toHaveLength(2);
    const { rows } = await pool().query(
      `SELECT count(*) FROM interaction WHERE org_id = $1 AND mode = 'full' AND settled_at IS NOT NULL`,
      [orgId],
    );
    expect(rows).toEqual([{ count: 2n }]);
  });

  it("queues nothing where the team has answered", async () => {
    const { orgId, write, authors } = await givenCustomer(CREDITS_FOR_A_WHILE);
    const advisor = await givenAdvisor(orgId);
    await write("What are your opening hours?");
    await runJobs();
    const { id } = await conversationOf(orgId);
    await takeOver(advisor, orgId, id);
    await write("Do you fit towbars?");
    await reply(
      { ...advisor, now: () => new Date() },
      { orgId, conversationId: id, body: "We do.", key: "key-0001" },
    );
    await handBack(advisor, orgId, id);
    await runJobs();
    expect(await authors()).toEqual(["ai", "staff"]);
  });

  it("without credits the AI stays paused, and what began degraded stays flagged with its reason", async () => {
    const { orgId, write, authors } = await givenCustomer(0);
    await write("one");
    const { id } = await conversationOf(orgId);
    const advisor = await givenAdvisor(orgId);
    await takeOver(advisor, orgId, id);
    expect(await conversationOf(orgId)).toMatchObject({ attention: false, degraded: true });
    await handBack(advisor, orgId, id);
    expect(await conversationOf(orgId)).toMatchObject({
      attention: true,
      why: "credit-exhaustion",
      degraded: true,
      reason: "credit-exhaustion",
    });
    await runJobs();
    expect(await authors()).toEqual(["canned"]);
  });
});

describe("a held conversation without credits", () => {
  it("gets canned words once in a hold, not within half an hour of the holder's own, and shows the reason either way", async () => {
    const { ctx, orgId, writeAt, authors } = await givenCustomer(0);
    const start = ctx.now().getTime();
    const at = (minutes: number) => new Date(start + minutes * MINUTE_MS);
    const advisor = async (minutes: number): Promise<Ctx> => ({
      ...(await givenAdvisor(orgId)),
      now: () => at(minutes),
    });
    await writeAt(at(0), "one");
    const { id } = await conversationOf(orgId);
    await takeOver(await advisor(1), orgId, id);
    await writeAt(at(2), "two");
    await writeAt(at(3), "three");
    expect(await authors()).toEqual(["canned", "canned"]);
    expect(await conversationOf(orgId)).toMatchObject({ attention: true, why: "credit-exhaustion" });
    const writer = await advisor(20);
    await takeOver(writer, orgId, id);
    await reply(writer, { orgId, conversationId: id, body: "I am looking.", key: "key-0001" });
    await writeAt(at(49), "four");
    expect((await authors()).filter((author) => author === "canned")).toHaveLength(2);
    await writeAt(at(51), "five");
    expect((await authors()).filter((author) => author === "canned")).toHaveLength(3);
    const { messages } = await getConversation(writer, orgId, id);
    const theirs = messages.filter(({ author }) => author === "customer");
    expect(theirs.map(({ degradationReason }) => degradationReason)).toEqual(
      Array(5).fill("credit-exhaustion"),
    );
  });
});

describe("the AI's pause", () => {
  it("is the gate's own answer when somebody looks, in the list and in the thread", async () => {
    const { ctx, orgId, write } = await givenCustomer(0);
    await write("What are your opening hours?");
    const paused = { degraded: true, degradationReason: "credit-exhaustion" };
    const reader = member(orgId);
    expect((await listConversations(reader, orgId)).conversations).toMatchObject([paused]);
    await topUp(ctx, orgId);
    const { id } = await conversationOf(orgId);
    const running = { degraded: false, degradationReason: null, attentionReason: "no-automatic-answer" };
    expect((await listConversations(reader, orgId)).conversations).toMatchObject([running]);
    expect((await getConversation(reader, orgId, id)).conversation).toMatchObject(running);
  });
});

describe("a holder", () => {
  it("is a user id: two of one name are told apart", async () => {
    const { orgId, write } = await givenCustomer(CREDITS_FOR_A_WHILE);
    const [first, second] = [
      await givenMember(orgId, "Jo Marsh", "advisor"),
      await givenMember(orgId, "Jo Marsh", "advisor"),
    ];
    await write("Hello");
    const { id } = await conversationOf(orgId);
    const { holder } = await takeOver(first, orgId, id);
    expect(holder.id).toBe(first.actor.kind === "member" && first.actor.userId);
    const [seen] = (await listConversations(second, orgId)).conversations;
    expect(seen).toMatchObject({ holder: { id: holder.id, name: "Jo Marsh" } });
    expect(second.actor).not.toMatchObject({ userId: holder.id });
  });

  it("who has left the garage holds nothing: at once the AI answers, and who waited is answered", async () => {
    const { orgId, write, authors } = await givenCustomer(CREDITS_FOR_A_WHILE);
    const leaver = await givenMember(orgId, "Jo Marsh", "advisor");
    await write("What are your opening hours?");
    await runJobs();
    const { id } = await conversationOf(orgId);
    const { holder } = await takeOver(leaver, orgId, id);
    await write("Do you fit towbars?");
    await prisma().member.deleteMany({ where: { organizationId: orgId, userId: holder.id } });
    expect((await getConversation(member(orgId), orgId, id)).conversation).toMatchObject({ holder: null });
    await runJobs();
    expect(await authors()).toEqual(["ai", "ai"]);
    expect(await conversationOf(orgId)).toMatchObject({ attention: false });
    const { rows } = await pool().query(`SELECT held_by FROM conversation WHERE id = $1`, [id]);
    expect(rows).toEqual([{ held_by: null }]);
    await write("And brakes?");
    await runJobs();
    expect(await authors()).toEqual(["ai", "ai", "ai"]);
  });
});

describe("the list", () => {
  it("quotes the thread's last message: a withdrawn answer is in neither", async () => {
    const { ctx, orgId, write } = await givenCustomer(CREDITS_FOR_A_WHILE);
    await sandbox.current().control.behave({
      provider: "twilio",
      on: "send",
      times: null,
      effect: { kind: "error", code: 20429 },
    });
    await write("Is my car ready?");
    await runJobs();
    const { id } = await conversationOf(orgId);
    await takeOver(await givenAdvisor(orgId), orgId, id);
    await pool().query(
      `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'send-message:%'`,
    );
    await runJobs();
    expect(await sentTo(orgId)).toMatchObject([{ author: "ai", status: "withdrawn" }]);
    const [row] = (await listConversations(member(orgId), orgId)).conversations;
    const { messages } = await getConversation(member(orgId), orgId, id);
    expect(messages.map(({ body }) => body)).toEqual(["Is my car ready?"]);
    expect(row).toMatchObject({ lastMessage: "Is my car ready?", lastMessageAt: ctx.now().toISOString() });
  });

  it("quotes the customer, not the canned words that every such conversation ends with", async () => {
    const { orgId, write, authors } = await givenCustomer(0);
    await write("Is my car ready?");
    await runJobs();
    expect(await authors()).toEqual(["canned"]);
    expect((await listConversations(member(orgId), orgId)).conversations).toMatchObject([
      { lastMessage: "Is my car ready?" },
    ]);
  });

  it.each(["60777", "DVLA"])("names %s, which tells it apart, and keeps the reason", async (externalId) => {
    const { ctx, garage, orgId } = await givenCustomer(0);
    const sender = { externalId, canBeAnswered: false };
    await accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone, sender }));
    const [row] = (await listConversations(member(orgId), orgId)).conversations;
    expect(row).toMatchObject({
      customer: externalId,
      attentionReason: "credit-exhaustion",
      needsAttention: true,
    });
    expect(await sentTo(orgId)).toEqual([]);
  });
});

describe("a mechanic's question that went to the team", () => {
  it("has the team's replies under it, each under the question that was asked last", async () => {
    const { orgId } = await givenCustomer(0);
    const mechanic = await givenMember(orgId, "Sam Tool", "technician");
    const colleague = await givenMember(orgId, "Tim Tool", "technician");
    const advisor = await givenMember(orgId, "Ann Desk", "advisor");
    const ask = async (question: string) => {
      await askDiagnostics({ ...mechanic, now: () => new Date() }, { orgId, question, key: newId() });
      const { id } = await conversationOf(orgId);
      const replying = { ...advisor, now: () => new Date() };
      await reply(replying, { orgId, conversationId: id, body: `About ${question}`, key: newId() });
    };
    await ask("P0420");
    await ask("P0299");
    const history = await listHistory(mechanic, orgId);
    expect(
      history.map(({ question, replies }) => [question, replies.map(({ body, author }) => [body, author])]),
    ).toEqual([
      ["P0299", [["About P0299", "Ann Desk"]]],
      ["P0420", [["About P0420", "Ann Desk"]]],
    ]);
    expect(await listHistory(colleague, orgId)).toEqual([]);
  });
});
