import { prisma } from "@/lib/db/prisma";
import { cannedReply } from "@/lib/inbox/core/canned-reply";
import { windowEnd } from "@/lib/inbox/core/window";
import { EXCHANGES, FOR_A_PERSON, type Writer } from "./exchanges";
import { demoId, seededRandom } from "./names";
import type { DemoOrganisation } from "./organisations";
import { userIdOf } from "./people";
import type { HistoryStep } from "./plan-history";
import type { PlannedUse } from "./plan-usage";
import { numbersOf } from "./profile";
import { customersOf } from "./records";
import { EVERYBODY } from "./stories/story";

type MessageUse = PlannedUse & { readonly channel: "whatsapp" | "sms" };

type Thread = { readonly id: string; readonly writer: Writer; readonly uses: readonly MessageUse[] };

/** People who are not customers yet, by the name of their WhatsApp profile. */
const UNKNOWN_PEOPLE = ["Tom", "Priya S", "Becky 🚗"];
const UNKNOWN_FROM = 800;
const UNKNOWN_PER_GARAGE = 8;

/** Each message that was metered stands in a conversation: what the customer asked, and what went back. */
export async function saveMessages(
  org: DemoOrganisation,
  steps: readonly HistoryStep[],
  moment: Date | undefined,
): Promise<void> {
  const uses = steps
    .flatMap((step) => (step.kind === "use" && isMessage(step.use) ? [step.use] : []))
    .sort((one, other) => one.start.startedAt.getTime() - other.start.startedAt.getTime());
  const threads = threadsOf(org, uses);
  const last = uses.filter(({ start, channel }) => start.mode === "full" && channel === "whatsapp").at(-1);
  await prisma().contact.createMany({
    data: threads.map((thread) => contactRow(org, thread)),
    skipDuplicates: true,
  });
  await prisma().conversation.createMany({
    data: threads.map((thread) => conversationRow(org, thread, last, moment)),
    skipDuplicates: true,
  });
  await prisma().message.createMany({
    data: threads.flatMap((thread) => thread.uses.flatMap((use) => messageRows(org, thread, use, last))),
    skipDuplicates: true,
  });
  if (moment) await saveWork(org, threads, last, moment);
}

/** Who has read what the AI answered, and which of those conversations an advisor has marked as done. */
async function saveWork(
  org: DemoOrganisation,
  threads: readonly Thread[],
  handedOff: MessageUse | undefined,
  moment: Date,
): Promise<void> {
  const settled = threads.filter((thread) => !isFresh(thread, moment));
  await prisma().conversationRead.createMany({
    data: settled.flatMap((thread) =>
      EVERYBODY.map((role) => ({
        orgId: org.id,
        conversationId: thread.id,
        userId: userIdOf(role, org),
        readTo: ends(thread).last.start.startedAt,
      })),
    ),
    skipDuplicates: true,
  });
  await prisma().conversationEvent.createMany({
    data: threads.flatMap((thread) => {
      const at = doneAt(thread, handedOff, moment);
      const [id, userId] = [demoId(`done:${thread.id}`), userIdOf("advisor", org)];
      return at ? [{ orgId: org.id, id, conversationId: thread.id, kind: "done", userId, at }] : [];
    }),
    skipDuplicates: true,
  });
}

const HOUR_MS = 3_600_000;

/** Nobody has looked at it yet: it came within the day, or waits. */
const isFresh = (thread: Thread, moment: Date): boolean => {
  const { startedAt, mode } = ends(thread).last.start;
  return mode === "degraded" || moment.getTime() - startedAt.getTime() < 24 * HOUR_MS;
};

/** Every second one that is some days old, and waits for nobody. */
function doneAt(
  thread: Thread,
  handedOff: MessageUse | undefined,
  moment: Date | undefined,
): Date | undefined {
  const { last } = ends(thread);
  const at = new Date(answeredAt(last).getTime() + HOUR_MS);
  const isOld = moment !== undefined && moment.getTime() - at.getTime() > 36 * HOUR_MS;
  const isSettled = isOld && last.start.mode === "full" && last !== handedOff;
  return isSettled && seededRandom(`${thread.id}:done`)(2) === 0 ? at : undefined;
}

const isMessage = (use: PlannedUse): use is MessageUse =>
  (use.channel === "whatsapp" || use.channel === "sms") && use.story === undefined;

function writersOf(org: DemoOrganisation): readonly Writer[] {
  const unknown = UNKNOWN_PEOPLE.map((name, index) => ({
    name,
    phone: `+447700900${UNKNOWN_FROM + (org.n - 1) * UNKNOWN_PER_GARAGE + index}`,
  }));
  return [...customersOf(org), ...unknown];
}

function threadsOf(org: DemoOrganisation, uses: readonly MessageUse[]): Thread[] {
  const writers = writersOf(org);
  return (["whatsapp", "sms"] as const).flatMap((channel) =>
    writers.flatMap((writer, index) => {
      const own = uses.filter(
        (use) =>
          use.channel === channel && seededRandom(`${org.slug}:${use.providerRef}`)(writers.length) === index,
      );
      return own.length === 0
        ? []
        : [{ id: demoId(`conversation:${org.slug}:${channel}:${index}`), writer, uses: own }];
    }),
  );
}

const SECOND_MS = 1_000;

/** The answer comes within seconds, whenever the day's usage is posted: canned words at once, the AI once it has thought. */
function answeredAt({ providerRef, start }: MessageUse): Date {
  const seconds = start.mode === "degraded" ? 2 : 6 + seededRandom(`${providerRef}:seconds`)(20);
  return new Date(start.startedAt.getTime() + seconds * SECOND_MS);
}

/** A thread has a first and a last message. */
function ends({ uses }: Thread): { readonly first: MessageUse; readonly last: MessageUse } {
  const [first] = uses;
  const last = uses.at(-1);
  if (!first || !last) throw new Error("a conversation without a message");
  return { first, last };
}

function contactRow({ id: orgId }: DemoOrganisation, thread: Thread) {
  const { first } = ends(thread);
  const { phone, name } = thread.writer;
  const waId = phone.slice(1);
  const isWhatsApp = first.channel === "whatsapp";
  return {
    orgId,
    id: demoId(`contact:${thread.id}`),
    channel: first.channel,
    externalId: isWhatsApp ? waId : phone,
    waId: isWhatsApp ? waId : null,
    phone,
    // A text brings no name; WhatsApp brings the one that its owner chose.
    name: isWhatsApp ? name : null,
    createdAt: first.start.startedAt,
  };
}

const identityOf = ({ n }: DemoOrganisation, { channel }: MessageUse): string =>
  channel === "whatsapp" ? numbersOf(n).whatsAppNumberId : numbersOf(n).phone;

function conversationRow(
  org: DemoOrganisation,
  thread: Thread,
  handedOff: MessageUse | undefined,
  moment: Date | undefined,
) {
  const { first, last } = ends(thread);
  const isHandedOff = last === handedOff;
  const reason = isHandedOff ? "asked-for-a-person" : last.start.reason;
  return {
    orgId: org.id,
    id: thread.id,
    contactId: demoId(`contact:${thread.id}`),
    channel: first.channel,
    identity: identityOf(org, last),
    identityAt: last.start.startedAt,
    needsAttention: reason !== null,
    attentionReason: reason,
    handOffSummary: isHandedOff ? FOR_A_PERSON.summary : null,
    windowEndsAt: last.channel === "whatsapp" ? windowEnd(last.start.startedAt) : null,
    lastMessageAt: answeredAt(last),
    lastInboundAt: last.start.startedAt,
    degradedReason: thread.uses.findLast(({ start }) => start.reason !== null)?.start.reason ?? null,
    doneAt: doneAt(thread, handedOff, moment) ?? null,
    createdAt: first.start.startedAt,
  };
}

function messageRows(
  org: DemoOrganisation,
  thread: Thread,
  use: MessageUse,
  handedOff: MessageUse | undefined,
) {
  const { channel, providerRef, start } = use;
  const at = answeredAt(use);
  const exchange = EXCHANGES[seededRandom(providerRef)(EXCHANGES.length)] ?? EXCHANGES[0];
  if (!exchange) throw new Error("nobody writes anything");
  const { phone, name } = thread.writer;
  const degraded = start.mode === "degraded";
  const isHandedOff = use === handedOff;
  const canned = cannedReply(channel, {
    name: org.name,
    phone: numbersOf(org.n).displayPhone,
    portalUrl: `https://${org.slug}.example`,
  });
  const inboundId = demoId(`message:${org.slug}:${providerRef}`);
  const common = {
    orgId: org.id,
    conversationId: thread.id,
    channel,
    type: "text",
    identity: identityOf(org, use),
  };
  return [
    {
      ...common,
      id: inboundId,
      direction: "inbound" as const,
      author: "customer" as const,
      providerId: providerRef,
      body: isHandedOff ? FOR_A_PERSON.ask : exchange.ask({ ...thread.writer, name, phone }),
      handling: degraded ? "degraded" : isHandedOff ? "handed-off" : "answered",
      degraded,
      degradationReason: start.reason,
      intent: degraded ? null : isHandedOff ? "escalation_request" : exchange.intent,
      confidence: degraded ? null : 95,
      at: start.startedAt,
      receivedAt: start.startedAt,
    },
    {
      ...common,
      id: demoId(`reply:${org.slug}:${providerRef}`),
      direction: "outbound" as const,
      author: degraded || isHandedOff ? ("canned" as const) : ("ai" as const),
      providerId: `demo-reply-${providerRef}`,
      body: degraded || isHandedOff ? canned : exchange.answer(thread.writer),
      sourceKey: `${degraded ? "canned" : "answer"}:${inboundId}`,
      status: "delivered" as const,
      sentAt: at,
      deliveredAt: at,
      at,
      receivedAt: at,
    },
  ];
}
