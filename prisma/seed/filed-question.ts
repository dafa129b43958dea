import { prisma } from "@/lib/db/prisma";
import { microUsd } from "@/lib/shared/money";
import { demoId } from "./names";
import type { DemoOrganisation } from "./organisations";
import { staffNameOf, userIdOf } from "./people";
import type { PlannedUse } from "./plan-usage";

/** The garage without credits whose technician asked all the same. */
const ASKS = "ironbridge";
const HOURS_AGO = 3;
const QUESTION = "2015 Transit 2.2 TDCi, P2263 after a new turbo, holds boost on the smoke test. What next?";
const reason = "credit-exhaustion" as const;
const channel = "diagnostics" as const;

const idOf = ({ slug }: DemoOrganisation, what: string): string => demoId(`filed-question:${slug}:${what}`);
const askedAt = (moment: Date): Date => new Date(moment.getTime() - HOURS_AGO * 3_600_000);

/** A technician's question that the AI may not be asked: it costs nothing. */
export function filedQuestionUses(org: DemoOrganisation, moment: Date): PlannedUse[] {
  if (org.slug !== ASKS) return [];
  const at = askedAt(moment);
  const start = { mode: "degraded", level: 3, billable: false, isFallback: false, failOpen: false } as const;
  const providerRef = idOf(org, "query");
  const cost = microUsd(0n);
  return [{ channel, providerRef, cost, start: { ...start, reason, startedAt: at }, story: true, at }];
}

/** The same question in the inbox, where somebody answers it. Safe to run again. */
export async function saveFiledQuestion(org: DemoOrganisation, moment: Date): Promise<void> {
  if (org.slug !== ASKS) return;
  const { id: orgId } = org;
  const [at, userId] = [askedAt(moment), userIdOf("technician", org)];
  const [query, contactId, conversationId] = [
    idOf(org, "query"),
    idOf(org, "contact"),
    idOf(org, "conversation"),
  ];
  const skipDuplicates = true;
  const degraded = { degraded: true, degradationReason: reason };
  const asked = { clientKey: "seed:filed", userId, question: QUESTION, askedAt: at, answeredAt: at };
  await prisma().diagnosticQuery.createMany({
    data: [{ orgId, id: query, ...asked, ...degraded }],
    skipDuplicates,
  });
  const name = staffNameOf("technician", org);
  await prisma().contact.createMany({
    data: [{ orgId, id: contactId, channel, externalId: userId, name, createdAt: at }],
    skipDuplicates,
  });
  const waits = { needsAttention: true, attentionReason: reason, degradedReason: reason };
  const times = { identityAt: at, lastMessageAt: at, lastInboundAt: at, createdAt: at };
  await prisma().conversation.createMany({
    data: [{ orgId, id: conversationId, contactId, channel, identity: userId, ...waits, ...times }],
    skipDuplicates,
  });
  const from = { direction: "inbound", author: "customer", identity: userId, handling: "degraded" } as const;
  const said = { type: "text", body: QUESTION, providerId: query, at, receivedAt: at };
  await prisma().message.createMany({
    data: [{ orgId, id: idOf(org, "message"), conversationId, channel, ...from, ...said, ...degraded }],
    skipDuplicates,
  });
}
