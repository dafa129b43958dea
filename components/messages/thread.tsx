"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import MessageSquareOff from "lucide-react/icons/message-square-off";
import { useState } from "react";
import { ApiError } from "@/components/layout/api";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { dialogMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import {
  type ConversationDto,
  type MessageDto,
  replyBlock,
  type ThreadDto,
  threadQuery,
} from "@/lib/inbox/client";
import { keepUploaded } from "./attach-store";
import { ChannelIcon } from "./channel-icon";
import { Composer } from "./composer";
import { focusTextBox } from "./composer-focus";
import { BesideCustomer, CustomerColumn, CustomerPane, useCustomerPane } from "./customer-pane";
import { useDraft } from "./drafts";
import { knownConversation } from "./known-conversation";
import { MessageList } from "./message-list";
import { NotConnected } from "./not-connected";
import type { NewReply } from "./outbox";
import { BubblesSkeleton } from "./skeletons";
import { TextThem } from "./text-them";
import { BackButton, THREAD_HEAD, ThreadHeader } from "./thread-header";
import { ThreadNotices } from "./thread-notices";
import { TypingLine } from "./typing-line";
import { useArrived } from "./use-keys";
import { useOutbox } from "./use-outbox";
import { useReading } from "./use-reading";
import { useWindowIsOver } from "./use-window-is-over";
import type { InboxViewer } from "./viewer";
import { customerName } from "./words";

type ThreadProps = {
  readonly id: string;
  readonly viewer: InboxViewer;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
  /** It is dealt with: opens the next open conversation, with the focus at its name. */
  readonly onAdvance: () => void;
};

const TemplateAgain = onDemand(() => import("./template-again"), {
  missing: dialogMissing("The template couldn’t be loaded"),
});

const PANE =
  "flex min-h-[calc(100dvh-6rem)] min-w-0 flex-col bg-surface md:min-h-0 md:overflow-hidden md:border-l";

/** One conversation: header, messages and the reply box. */
export function Thread({ id, viewer, onOpen, onClose, onAdvance }: ThreadProps) {
  const thread = useQuery(threadQuery(id));
  useArrived(id, !thread.isPending);
  const known = knownConversation(useQueryClient(), id);
  const customer = useCustomerPane(known?.channel, viewer);
  if (thread.data)
    return (
      <Loaded
        thread={thread.data}
        isFresh={!thread.isFetching}
        viewer={viewer}
        onOpen={onOpen}
        onClose={onClose}
        onAdvance={onAdvance}
      />
    );
  const missing = thread.error instanceof ApiError && thread.error.isFinal;
  const head = (
    <section aria-label="Conversation" className={PANE}>
      {!missing && <KnownHead known={known} onClose={onClose} />}
      <div className="mx-auto w-full max-w-3xl p-4 md:p-6">
        {thread.isPending && <BubblesSkeleton />}
        {missing && (
          <EmptyState
            icon={<MessageSquareOff aria-hidden />}
            title="This conversation doesn’t exist"
            action={<Button onClick={onClose}>Back to all messages</Button>}
          >
            It may belong to another garage, or the link is incomplete.
          </EmptyState>
        )}
        {thread.isError && !missing && (
          <ErrorState
            title="This conversation couldn’t be loaded"
            onRetry={thread.refetch}
            retrying={thread.isFetching}
          />
        )}
      </div>
    </section>
  );
  if (!thread.isPending) return head;
  return (
    <BesideCustomer pane={customer}>
      {head}
      <CustomerColumn pane={customer} />
    </BesideCustomer>
  );
}

type KnownHeadProps = Pick<ThreadProps, "onClose"> & { readonly known: ConversationDto | undefined };

/** The header while the thread loads: the name from the list, and the back button. */
function KnownHead({ known, onClose }: KnownHeadProps) {
  return (
    <div className={THREAD_HEAD}>
      <div className="flex h-9 items-center gap-2">
        <BackButton onClick={onClose} />
        {known && (
          <p className="min-w-0 truncate font-semibold">
            <bdi>{customerName(known.customer)}</bdi>
          </p>
        )}
      </div>
      <div className="flex h-8 items-center">{known && <ChannelIcon channel={known.channel} />}</div>
    </div>
  );
}

type LoadedProps = Omit<ThreadProps, "id"> & {
  readonly thread: ThreadDto;
  /** It is not being read again. */
  readonly isFresh: boolean;
};

function Loaded({ thread, isFresh, viewer, onOpen, onClose, onAdvance }: LoadedProps) {
  const { conversation, messages } = thread;
  const { id } = conversation;
  const outbox = useOutbox(viewer.userId, id);
  const [, changeDraft] = useDraft(viewer.userId, id);
  const windowIsOver = useWindowIsOver(conversation);
  const block = replyBlock(conversation, windowIsOver);
  const newFrom = useReading(thread, isFresh);
  const customer = useCustomerPane(conversation.channel, viewer);
  const seen = messages.at(-1)?.id ?? null;
  const send = (reply: NewReply) => outbox.send({ ...reply, kind: "reply", seen });
  const [failed, setFailed] = useState<MessageDto["template"]>(null);
  /** Its words would go as a reply: a template opens filled in as it was, also when the window has closed. */
  const resendOf = (message: MessageDto) => {
    const { template } = message;
    if (!viewer.canSend || conversation.optedOut) return null;
    if (template) return () => setFailed(template);
    return block === null ? () => send(writtenIn(message)) : null;
  };
  return (
    <BesideCustomer pane={customer}>
      {failed && <TemplateAgain conversation={conversation} sent={failed} onClose={() => setFailed(null)} />}
      <section aria-labelledby="thread-title" className={PANE}>
        <ThreadHeader
          conversation={conversation}
          windowIsOver={windowIsOver}
          viewer={viewer}
          customer={customer}
          onClose={onClose}
          onAdvance={onAdvance}
        />
        <MessageList
          thread={thread}
          userId={viewer.userId}
          newFrom={newFrom}
          outbox={outbox}
          resendOf={resendOf}
          elsewhere={
            viewer.canSend && conversation.channel === "whatsapp" && conversation.phone !== null ? (
              <TextThem phone={conversation.phone} onOpen={onOpen} />
            ) : null
          }
          onKeep={({ key, body, media }) => {
            keepUploaded(id, media);
            changeDraft(({ reply }) => ({ mode: "reply", reply: [body, reply].filter(Boolean).join("\n") }));
            outbox.discard(key);
            focusTextBox();
          }}
          notices={<ThreadNotices conversation={conversation} canReply={block === null} />}
        />
        {/* On a phone it stands in the list's place. */}
        <NotConnected className="md:hidden" />
        <TypingLine conversationId={id} userId={viewer.userId} latest={messages.at(-1)} />
        <Composer
          conversation={conversation}
          block={block}
          viewer={viewer}
          onSend={send}
          onNote={(body) => outbox.send({ body, media: [], kind: "note", seen: null })}
        />
      </section>
      <CustomerPane conversation={conversation} viewer={viewer} pane={customer} onOpen={onOpen} />
    </BesideCustomer>
  );
}

/** The same once more: its words, and the file that was uploaded for it. */
const writtenIn = ({ body, caption, media }: MessageDto): NewReply => {
  const files = media.flatMap(({ id }) => id ?? []);
  return files.length > 0 ? { body: caption ?? "", media: files } : { body, media: [] };
};
