import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { gateNow } from "@/lib/credits/gate-now";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";
import { type UploadLimits, uploadLimits } from "./core/sendable";
import { type Attachments, describeAttachments } from "./describe-attachments";
import { type ConversationDto, toConversation } from "./list-conversations";
import {
  findMessageTime,
  readThread,
  readThreadHead,
  type ThreadMessageRow,
} from "./store/conversation-list";
import { type EventRow, readEvents } from "./store/events";

export type MessageDto = Omit<ThreadMessageRow, "at" | "receivedAt" | "files" | "parts"> &
  Attachments & { readonly at: string };

export type EventDto = Omit<EventRow, "at" | "until"> & {
  readonly at: string;
  readonly until: string | null;
};

/** A part of a thread without a gap: messages, and the events between and after them. */
export type ThreadPartDto = {
  readonly messages: readonly MessageDto[];
  /** What was done with it, and the team's notes: to be shown between the messages. */
  readonly events: readonly EventDto[];
  /** There are messages before these. */
  readonly earlier: boolean;
};

export type ThreadDto = ThreadPartDto & {
  readonly conversation: ConversationDto & {
    readonly phone: string | null;
    readonly optedOut: boolean;
    readonly handOffSummary: string | null;
    /** How large a file may be that is sent in it; null where none can be. */
    readonly uploads: UploadLimits | null;
  };
  /** What the reader has read, once all of this is shown to them: to be given to `read`. */
  readonly readTo: string | null;
  /** The first of these messages that the reader has not read; null where they have read all, or never any. */
  readonly newFrom: string | null;
};

/** How many of a conversation's messages are read at once. */
export const MAX_MESSAGES = 100;
const MAX_EVENTS = 500;

/** A conversation, its latest messages and events, oldest first. Needs `messages.view`; another organisation's is not found. */
export async function getConversation(ctx: Ctx, orgId: string, id: string): Promise<ThreadDto> {
  const { userId: readerId } = requireMember(ctx.actor, orgId, "messages.view");
  const [gate, head, messages, events] = await Promise.all([
    gateNow(asSystem(ctx, "inbox"), orgId),
    readThreadHead({ orgId, readerId }, id),
    readThread(orgId, id, { limit: MAX_MESSAGES + 1, before: null }),
    readEvents(orgId, id, { limit: MAX_EVENTS, before: null }),
  ]);
  if (!head) throw new AppError("not_found", "There is no such conversation.");
  const { readerReadTo, ...row } = head;
  return {
    conversation: {
      ...toConversation(row, gate, ctx.now()),
      uploads: row.channel === "whatsapp" ? uploadLimits(env().MEDIA_MAX_MIB) : null,
    },
    ...partOf(messages, events),
    readTo: readToOf(messages),
    newFrom: readerReadTo === null ? null : (messages.find(isAfter(readerReadTo))?.id ?? null),
  };
}

/** What stands before one of a conversation's messages, oldest first. Needs `messages.view`. */
export async function getEarlier(
  ctx: Ctx,
  orgId: string,
  id: string,
  before: string,
): Promise<ThreadPartDto> {
  requireMember(ctx.actor, orgId, "messages.view");
  const at = await findMessageTime(orgId, id, before);
  if (!at) throw new AppError("not_found", "There is no such message.");
  const [messages, events] = await Promise.all([
    readThread(orgId, id, { limit: MAX_MESSAGES + 1, before }),
    readEvents(orgId, id, { limit: MAX_EVENTS, before: at }),
  ]);
  return partOf(messages, events);
}

/** The first of more messages than were wanted only says that there are earlier ones. */
function partOf(rows: readonly ThreadMessageRow[], events: readonly EventRow[]): ThreadPartDto {
  const earlier = rows.length > MAX_MESSAGES;
  const shown = earlier ? rows.slice(1) : rows;
  const from = (earlier && shown[0]?.at) || new Date(0);
  return {
    messages: shown.map(toMessage),
    events: events
      .filter(({ at }) => at >= from)
      .map((event) => ({
        ...event,
        at: event.at.toISOString(),
        until: event.until?.toISOString() ?? null,
      })),
    earlier,
  };
}

function toMessage({ files, parts, at, receivedAt: _, ...message }: ThreadMessageRow): MessageDto {
  return { ...message, ...describeAttachments({ ...message, files, parts }), at: at.toISOString() };
}

const isAfter =
  (readTo: Date) =>
  ({ author, receivedAt }: ThreadMessageRow): boolean =>
    author === "customer" && receivedAt > readTo;

/** By receipt: a message that comes late stands further up, and is unread all the same. */
function readToOf(messages: readonly ThreadMessageRow[]): string | null {
  const received = messages
    .filter(({ author }) => author === "customer")
    .map(({ receivedAt }) => +receivedAt);
  return received.length === 0 ? null : new Date(Math.max(...received)).toISOString();
}
