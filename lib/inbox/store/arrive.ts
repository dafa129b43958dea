import type { InteractionStart } from "@/lib/credits/interaction";
import { pool, preparedName, type Queryable } from "@/lib/db/pool";
import type { JobName, JobPlan } from "@/lib/queue/jobs";
import type { Amendment } from "../core/amendments";
import type { MessageChannel, MessageSender } from "../core/message";
import type { News } from "../core/news";
import type { WrittenTo } from "../core/written-to";
import { changesOf } from "./amendments";
import type { ConsentChange } from "./contacts";
import { inboundRow, type NewInbound, type NewOutbound, outboundRow } from "./messages";

/** What follows from a message, if it is new. */
export type Consequences = {
  readonly starts: readonly {
    readonly messageId: string;
    readonly providerRef: string;
    readonly start: InteractionStart;
  }[];
  readonly answers: readonly { readonly messageId: string; readonly job: JobPlan }[];
  readonly canned: readonly {
    readonly messageId: string;
    readonly words: NewOutbound;
    readonly job: JobPlan;
  }[];
};

/** What one sender wrote, decided. `version`: as it was read; null for what is new. */
export type Arrival = {
  readonly contact: {
    readonly id: string;
    readonly version: string | null;
    readonly sender: MessageSender;
    /** The name under which somebody new is kept. */
    readonly newName: string;
    /** Whether the sender says more of themselves than is stored. */
    readonly changed: boolean;
  };
  readonly conversation: WrittenTo &
    News & {
      readonly id: string;
      readonly version: string | null;
      readonly lastMessageAt: Date;
      readonly attention: string | null;
    };
  /** That the sender's number was seen with their user id is news. */
  readonly isNewHolder: boolean;
  readonly consents: readonly ConsentChange[];
  readonly messages: readonly NewInbound[];
  /** What the messages say of others. */
  readonly amendments: readonly Amendment[];
  readonly consequences: Consequences;
  /** Files that are to be fetched. */
  readonly fetches: readonly { readonly messageId: string; readonly job: JobPlan }[];
  readonly receivedAt: Date;
};

/**
 * Stores what several senders wrote, in one statement: for each the ids of the messages that were new, or undefined where its
 * contact or conversation is not as it was read any more, or is locked by somebody: then nothing of it is stored.
 */
export async function storeArrivals(
  { orgId, channel }: { orgId: string; channel: MessageChannel },
  arrivals: readonly Arrival[],
  db: Queryable = pool(),
): Promise<(ReadonlySet<string> | undefined)[]> {
  if (arrivals.length === 0) return [];
  const { rows } = await db.query<{ run: number; stored: string[] }>({
    ...preparedName("inbox_store"),
    text: "SELECT run, stored FROM inbox_store($1, $2, $3::jsonb)",
    values: [orgId, channel, JSON.stringify(batchOf(arrivals))],
  });
  const storedOf = new Map(rows.map(({ run, stored }) => [run, new Set(stored)]));
  return arrivals.map((_, run) => storedOf.get(run));
}

function batchOf(arrivals: readonly Arrival[]) {
  const each = <Row>(rowsOf: (arrival: Arrival, run: number) => readonly Row[]): Row[] =>
    arrivals.flatMap(rowsOf);
  return {
    known: each(({ contact: { id, version, sender, changed } }, run) =>
      version === null ? [] : [{ run, id, version, changed, ...(changed && sender) }],
    ),
    unknown: each(({ contact: { id, version, sender, newName }, receivedAt: at }, run) =>
      version === null ? [{ ...sender, run, id, externalId: newName, at }] : [],
    ),
    conversations: each(({ conversation, contact, receivedAt: at }, run) => [
      { ...conversation, run, contactId: contact.id, at },
    ]),
    consents: each(({ contact, consents }, run) =>
      consents.map((consent) => ({ ...consent, run, contactId: contact.id })),
    ),
    messages: each(({ messages, conversation, receivedAt }, run) =>
      messages.map((one) => ({ ...inboundRow(one, { conversationId: conversation.id, receivedAt }), run })),
    ),
    amendments: each(({ amendments, conversation }, run) =>
      changesOf(amendments, conversation.id).map((change) => ({ ...change, run })),
    ),
    holders: each(({ isNewHolder, contact: { sender }, receivedAt: at }, run) =>
      isNewHolder ? [{ run, number: sender.phone, userId: sender.bsuid, formerly: sender.formerly, at }] : [],
    ),
    starts: each(({ consequences }) =>
      consequences.starts.map(({ messageId, providerRef, start }) => ({
        message: messageId,
        start: { providerRef, ...start },
      })),
    ),
    jobs: each(({ consequences: { answers, canned }, fetches }) => [
      ...answers.map((one) => jobRow("answer-message", one)),
      ...canned.map((one) => jobRow("send-message", one)),
      ...fetches.map((one) => jobRow("fetch-media", one)),
    ]),
    canned: each(({ consequences }) =>
      consequences.canned.map(({ messageId, words }) => ({ message: messageId, ...outboundRow(words) })),
    ),
  };
}

const jobRow = (name: JobName, { messageId: message, job }: { messageId: string; job: JobPlan }) => ({
  message,
  name,
  ...job,
});
