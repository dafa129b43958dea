import { afterAll, describe, expect, test } from "vitest";
import { type Ctx, systemContext } from "@/lib/auth/context";
import { getSummary } from "@/lib/calls/get-summary";
import { getBalance } from "@/lib/credits/get-balance";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { countConversations } from "@/lib/inbox/count-conversations";
import { listConversations } from "@/lib/inbox/list-conversations";
import { logger } from "@/lib/shared/logger";
import { londonMoment } from "@/lib/shared/london-time";
import { DEMO_ORGANISATIONS } from "@/prisma/seed/organisations";
import { userIdOf } from "@/prisma/seed/people";
import { seedDemo } from "@/prisma/seed/seed-demo";
import { asMember } from "../factories/ledger";

/** A Monday, as the last calls of the day come in. */
const DAY = "2027-11-29";
const NOW = londonMoment(DAY, 0, 17, 5);

const at = (now: Date): Ctx =>
  systemContext("seed", { now: () => now, log: logger().child({}, { level: "silent" }) });

const garage = (slug: string) => {
  const org = DEMO_ORGANISATIONS.find((one) => one.slug === slug);
  if (!org) throw new Error(`no ${slug}`);
  const actor = { kind: "member", userId: userIdOf("advisor", org), orgId: org.id, role: "advisor" } as const;
  return { org, advisor: { ...at(NOW), actor } };
};

const listed = async (slug: string, asked: Parameters<typeof listConversations>[2] = {}) => {
  const { org, advisor } = garage(slug);
  return (await listConversations(advisor, org.id, { limit: 100, ...asked })).conversations;
};

expect((await seedDemo(at(NOW))).kind).toBe("seeded");
afterAll(closePool);

describe("the inbox of a fresh demo", () => {
  test("brightside's has conversations in every view, some of them unread, and each reason to look", async () => {
    const { org, advisor } = garage("brightside");
    const counts = await countConversations(advisor, org.id);
    expect(counts.open).toBeGreaterThanOrEqual(18);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
    const waiting = await listed("brightside", { view: "attention" });
    expect([...new Set(waiting.map(({ attentionReason }) => attentionReason))].sort()).toEqual([
      "ai-unsure",
      "asked-for-a-person",
      "missed-call",
      "no-automatic-answer",
      "not-delivered",
      "snooze-over",
      "window-closed",
    ]);
    const open = await listed("brightside");
    expect(new Set(open.map(({ assignee }) => assignee?.name ?? null)).size).toBe(3);
    expect(open.some(({ holder }) => holder !== null)).toBe(true);
    const leftMs = open.flatMap(({ windowEndsAt }) =>
      windowEndsAt === null ? [] : [Date.parse(windowEndsAt) - NOW.getTime()],
    );
    for (const [from, to] of [
      [-Infinity, 0],
      [1, 3_600_000],
      [3_600_001, 86_400_000],
    ] as const)
      expect(leftMs.some((left) => left >= from && left <= to)).toBe(true);
  });

  test("ironbridge's weekend waits: canned words for each customer, a technician's question too, the first windows closed", async () => {
    const waiting = await listed("ironbridge", { reason: "credit-exhaustion" });
    expect(waiting.length).toBeGreaterThanOrEqual(15);
    expect(waiting.every(({ attentionReason }) => attentionReason === "credit-exhaustion")).toBe(true);
    expect(new Set(waiting.map(({ channel }) => channel))).toEqual(
      new Set(["whatsapp", "sms", "diagnostics"]),
    );
    const isClosed = waiting.map(
      ({ windowEndsAt }) => windowEndsAt !== null && Date.parse(windowEndsAt) < NOW.getTime(),
    );
    expect(new Set(isClosed)).toEqual(new Set([true, false]));
    const { rows } = await pool().query(
      `SELECT FROM message AS asked WHERE org_id = $1 AND handling = 'degraded' AND channel <> 'diagnostics' AND NOT EXISTS (
         SELECT FROM message AS canned WHERE canned.org_id = $1 AND canned.source_key = 'canned:' || asked.id)`,
      [garage("ironbridge").org.id],
    );
    expect(rows).toEqual([]);
    expect(await listed("harbour", { reason: "trial-cap" })).not.toEqual([]);
  });

  test("what is unread agrees with what was received, whoever seeded it", async () => {
    const { rows } = await pool().query(
      `SELECT c.id FROM conversation AS c JOIN (
         SELECT org_id, conversation_id, max(received_at) FILTER (WHERE revoked_at IS NULL) AS received FROM message
         WHERE direction = 'inbound' GROUP BY 1, 2) AS m ON m.org_id = c.org_id AND m.conversation_id = c.id
       WHERE c.last_inbound_at IS DISTINCT FROM m.received`,
    );
    expect(rows).toEqual([]);
  });
});

describe("today", () => {
  test("each garage has had calls, whose figures add up, and none lies in the future", async () => {
    for (const { slug } of DEMO_ORGANISATIONS) {
      const { org, advisor } = garage(slug);
      const { today } = await getSummary(advisor, org.id);
      const { creditExhaustion, trialCap } = today.messageTaker;
      expect([slug, today.calls > 3]).toEqual([slug, true]);
      expect(today.full + creditExhaustion + trialCap + today.fallback + today.missed).toBe(today.calls);
    }
    for (const table of ["voice_call", "message", "conversation_event", "call_back", "call_back_attempt"]) {
      const time = /call_back$|voice/.test(table) ? "created_at" : "at";
      const { rows } = await pool().query(`SELECT FROM ${table} WHERE ${time} > $1`, [NOW]);
      expect([table, rows.length]).toEqual([table, 0]);
    }
    expect(await prisma().voiceCall.count({ where: { endedAt: { gt: NOW } } })).toBe(0);
  });

  test("what today's calls cost is part of what the garage has used", async () => {
    const { org } = garage("brightside");
    const { balance } = await getBalance(asMember(at(NOW), org.id), org.id);
    expect(balance).toBe(1_480);
    const { rows } = await pool().query<{ day: string }>(
      "SELECT day FROM usage_daily WHERE org_id = $1 AND channel = 'voice' AND credits > 0 AND day = $2",
      [org.id, DAY],
    );
    expect(rows).toHaveLength(1);
  });

  test("somebody who rang three times today waits to be rung back", async () => {
    const { org } = garage("ironbridge");
    const today = { orgId: org.id, createdAt: { gte: londonMoment(DAY) } };
    const rang = await prisma().callBack.groupBy({ by: ["phone"], where: today, _count: true });
    expect(Math.max(...rang.map(({ _count }) => _count))).toBeGreaterThanOrEqual(3);
  });
});
