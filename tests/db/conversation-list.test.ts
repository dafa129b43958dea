import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { closePool, pool } from "@/lib/db/pool";
import { countConversations } from "@/lib/inbox/count-conversations";
import { type ConversationsAsked, listConversations } from "@/lib/inbox/list-conversations";
import { givenConversation } from "../factories/conversations";
import { testContext } from "../factories/ledger";
import { member } from "../factories/message-garage";
import { givenOrganisation } from "../factories/organisation";

afterAll(closePool);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);

let orgId: string;
let advisor: Ctx;
let me: string;
beforeEach(async () => {
  ({ orgId } = await givenOrganisation(testContext(new Date())));
  advisor = member(orgId);
  me = advisor.actor.kind === "member" ? advisor.actor.userId : "";
});

const idsOf = async (asked: ConversationsAsked = {}) =>
  (await listConversations(advisor, orgId, asked)).conversations.map(({ id }) => id);

/** Every page after the other; `between` happens before each but the first. */
async function allPages(limit: number, between: (page: number) => Promise<unknown> = async () => undefined) {
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let page = 1; ; page++) {
    const { conversations, nextCursor } = await listConversations(advisor, orgId, { limit, cursor });
    seen.push(...conversations.map(({ id }) => id));
    if (nextCursor === null) return seen;
    cursor = nextCursor;
    await between(page);
  }
}

describe("pages", () => {
  it("bring each conversation once, those that want attention first, then the latest; several at one moment too", async () => {
    const at = ago(5);
    const plain = [];
    for (let nth = 0; nth < 5; nth++) plain.push(await givenConversation(orgId, { at }));
    const older = await givenConversation(orgId, { at: ago(60) });
    const wanting = await givenConversation(orgId, { at: ago(90), attention: "ai-unsure" });
    const all = await allPages(2);
    expect(all).toEqual([wanting, ...[...plain].sort().reverse(), older]);
  });

  it("leave nobody out and show nobody twice while messages arrive", async () => {
    const ids: string[] = [];
    for (let nth = 0; nth < 9; nth++) ids.push(await givenConversation(orgId, { at: ago(10 + nth) }));
    const seen = await allPages(2, async (page) => {
      await givenConversation(orgId, { at: new Date() });
      // One that was seen already moves to the top.
      await pool().query(`UPDATE conversation SET last_message_at = now() WHERE id = $1`, [ids[page - 1]]);
    });
    expect(seen).toEqual(ids);
  });

  it("are asked for by a cursor that was given out, and by no other", async () => {
    for (const cursor of ["", "x", "2.0.00000000-0000-0000-0000-000000000000", "1.0.1; DROP TABLE"])
      await expect(listConversations(advisor, orgId, { cursor })).rejects.toMatchObject({
        code: "invalid_input",
      });
  });
});

describe("each view", () => {
  it("has its conversations and their number", async () => {
    const other = member(orgId).actor;
    const colleague = other.kind === "member" ? other.userId : "";
    const unassigned = await givenConversation(orgId, { at: ago(1) });
    const mine = await givenConversation(orgId, { at: ago(2), assignedTo: me });
    const held = await givenConversation(orgId, { at: ago(3), heldBy: me, assignedTo: me });
    const theirs = await givenConversation(orgId, { at: ago(4), assignedTo: colleague });
    const wanting = await givenConversation(orgId, { at: ago(5), attention: "ai-failed", heldBy: colleague });
    const done = await givenConversation(orgId, { at: ago(6), doneAt: ago(1) });
    const snoozed = await givenConversation(orgId, { at: ago(7), snoozedUntil: ago(-60), assignedTo: me });
    const woken = await givenConversation(orgId, { at: ago(8), snoozedUntil: ago(1) });
    await givenConversation((await givenOrganisation(testContext(new Date()))).orgId);

    expect(await idsOf({ view: "open" })).toEqual([wanting, unassigned, mine, held, theirs, woken]);
    expect(await idsOf()).toEqual(await idsOf({ view: "open" }));
    expect(await idsOf({ view: "mine" })).toEqual([mine, held]);
    expect(await idsOf({ view: "unassigned" })).toEqual([unassigned, woken]);
    expect(await idsOf({ view: "attention" })).toEqual([wanting]);
    expect(await idsOf({ view: "done" })).toEqual([done]);
    expect(await idsOf({ view: "snoozed" })).toEqual([snoozed]);
    expect(await countConversations(advisor, orgId)).toEqual({
      open: 6,
      mine: 2,
      unassigned: 2,
      attention: 1,
      done: 1,
      snoozed: 1,
      unread: 6,
    });
  });

  it("is narrowed by channel and by degraded reason", async () => {
    const sms = await givenConversation(orgId, { at: ago(1), channel: "sms", reason: "trial-cap" });
    const whatsapp = await givenConversation(orgId, {
      at: ago(2),
      channel: "whatsapp",
      attention: "ai-unsure",
    });
    const degraded = await givenConversation(orgId, {
      at: ago(3),
      channel: "whatsapp",
      reason: "credit-exhaustion",
    });
    expect(await idsOf({ channel: "whatsapp" })).toEqual([whatsapp, degraded]);
    expect(await idsOf({ channel: "sms", view: "unassigned" })).toEqual([sms]);
    expect(await idsOf({ reason: "credit-exhaustion" })).toEqual([degraded]);
    expect(await idsOf({ reason: "trial-cap", channel: "whatsapp" })).toEqual([]);
  });
});

it("what is unread is each member's own", async () => {
  const id = await givenConversation(orgId, { at: ago(5) });
  const unread = async (reader: Ctx) => [
    (await listConversations(reader, orgId)).conversations[0]?.unread,
    (await countConversations(reader, orgId)).unread,
  ];
  expect(await unread(advisor)).toEqual([true, 1]);
  await pool().query(`INSERT INTO conversation_read VALUES ($1, $2, $3, now())`, [orgId, id, me]);
  expect(await unread(advisor)).toEqual([false, 0]);
  expect(await unread(member(orgId))).toEqual([true, 1]);
});

it("each view is read from an index in its order: no plan sorts more than a page", async () => {
  await pool().query(
    `WITH made AS (
       INSERT INTO contact (org_id, id, channel, external_id, created_at)
       SELECT $1, gen_random_uuid(), (enum_range(NULL::channel))[2 + n % 2], n::text, now() FROM generate_series(1, 3000) AS n RETURNING id, channel
     )
     INSERT INTO conversation (org_id, id, contact_id, channel, identity, last_message_at, last_inbound_at, created_at, done_at, assigned_to)
     SELECT $1, gen_random_uuid(), id, channel, '1', now() - random() * interval '90 days', now(), now(),
            CASE WHEN random() < 0.5 THEN now() END, CASE WHEN random() < 0.5 THEN $2::uuid END FROM made`,
    [orgId, me],
  );
  await pool().query(`ANALYZE conversation`);
  const plans: string[] = [];
  const client = pool();
  const query = client.query.bind(client);
  client.query = (async (sql: string, values: unknown[]) => {
    if (typeof sql !== "string" || !sql.includes("sortedAt")) return query(sql, values);
    const { rows } = await query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values);
    plans.push(JSON.stringify(rows));
    return query(sql, values);
  }) as typeof client.query;
  try {
    for (const view of ["open", "mine", "unassigned", "done"] as const)
      expect([view, (await idsOf({ view })).length]).toEqual([view, 50]);
  } finally {
    client.query = query;
  }
  expect(plans).toHaveLength(4);
  for (const plan of plans) {
    expect(plan).not.toMatch(/"Node Type":"Seq Scan"[^}]*"Relation Name":"conversation"/);
    const read = [...plan.matchAll(/"Relation Name":"conversation"[^}]*?"Actual Rows":(\d+)/g)];
    expect(read.length).toBeGreaterThan(0);
    for (const [, rows] of read) expect(Number(rows)).toBeLessThan(60);
  }
});

it("a member of another garage finds nothing, and a technician may not look", async () => {
  await givenConversation(orgId, { at: new Date(Date.now() - DAY_MS) });
  const stranger = member((await givenOrganisation(testContext(new Date()))).orgId);
  await expect(listConversations(stranger, orgId)).rejects.toMatchObject({ code: "not_found" });
  const technician: Ctx = { ...advisor, actor: { kind: "member", userId: me, orgId, role: "technician" } };
  for (const ask of [listConversations(technician, orgId), countConversations(technician, orgId)])
    await expect(ask).rejects.toMatchObject({ code: "forbidden" });
});
