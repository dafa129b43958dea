import { cannedReply } from "@/lib/inbox/core/canned-reply";
import { isNews } from "@/lib/inbox/core/news";
import { windowEnd } from "@/lib/inbox/core/window";
import { londonDay, londonMoment } from "@/lib/shared/london-time";
import { demoId } from "../names";
import type { DemoOrganisation } from "../organisations";
import { userIdOf } from "../people";
import { numbersOf } from "../profile";
import { type CustomerLine, MINUTE_MS, type Story, type StoryLine, timeOf } from "./story";
import { providerRefOf } from "./story-uses";

/** A story in its place: whose it is, who wrote, and when it is told. */
export type Told = {
  readonly org: DemoOrganisation;
  readonly story: Story;
  readonly phone: string;
  readonly moment: Date;
};

export const idIn = ({ org, story }: Told, what: string): string =>
  demoId(`story:${org.slug}:${story.key}:${what}`);

const identityIn = ({ org, story }: Told): string =>
  story.channel === "whatsapp" ? numbersOf(org.n).whatsAppNumberId : numbersOf(org.n).phone;

const ANSWER_MS = { ai: 9_000, canned: 2_000, staff: 0, phone: 0, customer: 0 } as const;

/** An automatic answer follows its question at once. */
function saidAt({ story, moment }: Told, nth: number): Date {
  const line = story.lines[nth];
  const asked = line?.by === "ai" || line?.by === "canned" ? story.lines[nth - 1] : line;
  if (!line || !asked) throw new Error(`${story.key} answers nobody`);
  return new Date(timeOf(moment, asked.ago).getTime() + ANSWER_MS[line.by]);
}

const arrivedAt = (moment: Date, line: StoryLine): Date =>
  timeOf(moment, line.by === "customer" ? (line.arrivedAgo ?? line.ago) : line.ago);

const reasonIn = ({ org }: Told): "trial-cap" | "credit-exhaustion" =>
  org.state === "trial" ? "trial-cap" : "credit-exhaustion";

export function contactRow(told: Told) {
  const { org, story, phone, moment } = told;
  const isWhatsApp = story.channel === "whatsapp";
  return {
    orgId: org.id,
    id: idIn(told, "contact"),
    channel: story.channel,
    externalId: isWhatsApp ? phone.slice(1) : phone,
    waId: isWhatsApp ? phone.slice(1) : null,
    phone,
    name: story.name,
    optedOutAt: story.optedOutAgo === undefined ? null : timeOf(moment, story.optedOutAgo),
    createdAt: timeOf(moment, Math.max(...story.lines.map(({ ago }) => ago))),
  };
}

const isFromCustomer = (line: StoryLine): line is CustomerLine => line.by === "customer";

/** When the latest message that a person should read was received. */
function lastInboundAt({ story, moment }: Told): Date | null {
  const news = story.lines.filter(
    (line) => isFromCustomer(line) && isNews(line.type ?? "text", line.later === "revoked" ? moment : null),
  );
  const times = news.map((line) => arrivedAt(moment, line).getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

export function conversationRow(told: Told) {
  const { org, story, moment } = told;
  const theirs = story.lines.filter(isFromCustomer);
  const ours = story.lines.filter(({ by }) => by === "staff" || by === "phone");
  const since = (agos: readonly number[]) => timeOf(moment, Math.min(...agos));
  const first = timeOf(moment, Math.max(...story.lines.map(({ ago }) => ago)));
  const wroteAt = since(theirs.map(({ ago }) => ago));
  const teamAt = ours.length > 0 ? since(ours.map(({ ago }) => ago)) : null;
  const reason = story.attention === "degraded" ? reasonIn(told) : (story.attention ?? null);
  return {
    orgId: org.id,
    id: idIn(told, "conversation"),
    contactId: idIn(told, "contact"),
    channel: story.channel,
    identity: identityIn(told),
    identityAt: wroteAt,
    heldBy: story.holder ? userIdOf(story.holder, org) : null,
    heldSince: story.holder ? (teamAt ?? first) : null,
    teamAt,
    needsAttention: reason !== null,
    attentionReason: reason,
    handOffSummary: story.summary ?? null,
    windowEndsAt: story.channel === "whatsapp" ? windowEnd(wroteAt) : null,
    lastMessageAt: saidAt(told, story.lines.length - 1),
    assignedTo: story.assignee ? userIdOf(story.assignee, org) : null,
    ...stateOf(told),
    lastInboundAt: lastInboundAt(told),
    degradedReason: theirs.some(({ as }) => as === "degraded") ? reasonIn(told) : null,
    createdAt: first,
  };
}

/** Done, or set aside, where that is what was done with it last. */
function stateOf({ story, moment }: Told) {
  const last = (story.events ?? []).findLast(({ kind }) =>
    /^(done|snoozed|reopened|snooze_over)$/.test(kind),
  );
  return {
    doneAt: last?.kind === "done" ? timeOf(moment, last.ago) : null,
    snoozedUntil: last?.kind === "snoozed" ? endOfSnooze(last, moment) : null,
  };
}

const endOfSnooze = ({ untilDay, untilAgo = 0 }: NonNullable<Story["events"]>[number], moment: Date): Date =>
  untilDay === undefined ? timeOf(moment, untilAgo) : londonMoment(londonDay(moment), untilDay, 8);

export function messageRows(told: Told) {
  return told.story.lines.map((line, nth) => ({
    orgId: told.org.id,
    conversationId: idIn(told, "conversation"),
    id: idIn(told, `message:${nth}`),
    channel: told.story.channel,
    type: line.type ?? "text",
    identity: identityIn(told),
    ...(line.parts ? { parts: line.parts } : {}),
    ...(line.later
      ? { [`${line.later}At`]: new Date(timeOf(told.moment, line.ago).getTime() + MINUTE_MS) }
      : {}),
    at: timeOf(told.moment, line.ago),
    receivedAt: arrivedAt(told.moment, line),
    ...(isFromCustomer(line) ? inbound(told, line, nth) : outbound(told, line, nth)),
  }));
}

function inbound(told: Told, { as, intent, text }: CustomerLine, nth: number) {
  const degraded = as === "degraded";
  return {
    direction: "inbound" as const,
    author: "customer" as const,
    providerId: providerRefOf(told.org, told.story, nth),
    body: text,
    handling: as,
    degraded,
    degradationReason: degraded ? reasonIn(told) : null,
    intent: intent ?? null,
    confidence: intent ? 95 : null,
  };
}

function outbound(told: Told, line: Exclude<StoryLine, CustomerLine>, nth: number) {
  const { org, story } = told;
  const { by, failed, status = "delivered" } = line;
  const at = saidAt(told, nth);
  const { name, slug, n } = org;
  const garage = { name, phone: numbersOf(n).displayPhone, portalUrl: `https://${slug}.example` };
  const before = idIn(told, `message:${nth - 1}`);
  const sourceKey = {
    ai: `answer:${before}`,
    canned: `canned:${before}`,
    staff: `staff:seed:${slug}:${story.key}:${nth}`,
  };
  return {
    direction: "outbound" as const,
    author: by === "phone" ? ("staff" as const) : by,
    ...(by === "phone" ? { type: "echo" } : {}),
    providerId: failed ? null : `demo-reply-${slug}-${story.key}-${nth}`,
    body: by === "canned" ? cannedReply(story.channel, garage) : line.text,
    sourceKey: by === "phone" ? `phone:demo-reply-${slug}-${story.key}-${nth}` : sourceKey[by],
    staffUserId: by === "staff" ? userIdOf(line.role ?? "advisor", org) : null,
    status: failed ? ("failed" as const) : by === "phone" ? ("sent" as const) : status,
    ...(failed
      ? { errorCode: failed.code, errorText: failed.text, failedAt: at }
      : { sentAt: at, ...(by === "phone" ? {} : { deliveredAt: at }) }),
    ...(status === "read" ? { readAt: at } : {}),
    at,
    receivedAt: at,
  };
}

export function eventRows(told: Told) {
  const { org, story, moment } = told;
  return (story.events ?? []).map((event, nth) => ({
    orgId: org.id,
    id: idIn(told, `event:${nth}`),
    conversationId: idIn(told, "conversation"),
    kind: event.kind,
    userId: event.by && userIdOf(event.by, org),
    at: timeOf(moment, event.ago),
    body: event.body ?? null,
    toUserId: event.to ? userIdOf(event.to, org) : null,
    until: event.kind === "snoozed" ? endOfSnooze(event, moment) : null,
  }));
}

export function readRows(told: Told) {
  const readTo = lastInboundAt(told);
  return (told.story.readBy ?? []).flatMap((role) =>
    readTo
      ? [
          {
            orgId: told.org.id,
            conversationId: idIn(told, "conversation"),
            userId: userIdOf(role, told.org),
            readTo,
          },
        ]
      : [],
  );
}
