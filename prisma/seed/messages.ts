import { prisma } from "@/lib/db/prisma";
import { cannedReply } from "@/lib/inbox/core/canned-reply";
import { windowEnd } from "@/lib/inbox/core/window";
import { EXCHANGES, FOR_A_PERSON, type Writer } from "./exchanges";
import { demoId, seededRandom } from "./names";
import type { DemoOrganisation } from "./organisations";
import type { HistoryStep } from "./plan-history";
import type { PlannedUse } from "./plan-usage";
import { numbersOf } from "./profile";
import { customersOf } from "./records";

type MessageUse = PlannedUse & { readonly channel: "whatsapp" | "sms" };

type Thread = { readonly id: string; readonly writer: Writer; readonly uses: readonly MessageUse[] };

/** People who are not customers yet, by the name of their WhatsApp profile. */
const UNKNOWN_PEOPLE = ["Tom", "Priya S", "Becky 🚗"];
const UNKNOWN_FROM = 800;
const UNKNOWN_PER_GARAGE = 8;

/** Each message that was metered stands in a conversation: what the customer asked, and what went back. */
export async function saveMessages(org: DemoOrganisation, steps: readonly HistoryStep[]): Promise<void> {
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
    data: threads.map((thread) => conversationRow(org, thread, last)),
    skipDuplicates: true,
  });
  await prisma().message.createMany({
    data: threads.flatMap((thread) => thread.uses.flatMap((use) => messageRows(org, thread, use, last))),
    skipDuplicates: true,
  });
}

const isMessage = (use: PlannedUse): use is MessageUse => use.channel === "whatsapp" || use.channel === "sms";

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

function conversationRow(org: DemoOrganisation, thread: Thread, handedOff: MessageUse | undefined) {
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
