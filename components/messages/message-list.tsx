"use client";

import ArrowDown from "lucide-react/icons/arrow-down";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { dayName } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import type { MessageDto, ThreadDto } from "@/lib/inbox/client";
import { Announcer } from "./announcer";
import { EventLine } from "./event-line";
import { ThreadPictures } from "./media-pictures";
import { ActivityLine, isActivity, MessageBubble } from "./message-bubble";
import type { Outgoing } from "./outbox";
import { OutgoingBubble } from "./outgoing-bubble";
import { type TimelineItem, timelineOf } from "./timeline";
import { useEarlier } from "./use-earlier";
import type { useOutbox } from "./use-outbox";
import { useStickToEnd } from "./use-stick-to-end";

type MessageListProps = {
  readonly thread: ThreadDto;
  /** The signed-in member. */
  readonly userId: string;
  /** From here on it is new to the reader. */
  readonly newFrom: string | null;
  readonly outbox: ReturnType<typeof useOutbox>;
  /** How a failed message is sent once more; null where it cannot be. */
  readonly resendOf: (message: MessageDto) => (() => void) | null;
  /** Beside a message that failed for good: another way to reach the customer. */
  readonly elsewhere: ReactNode;
  readonly onKeep: (written: Outgoing) => void;
  /** What stands at the end, just above the box to write in. */
  readonly notices: ReactNode;
};

export function MessageList(props: MessageListProps) {
  const { thread, userId, newFrom, outbox, resendOf, elsewhere, onKeep, notices } = props;
  const { messages, events, earlier } = thread;
  const items = timelineOf({ messages, events, newFrom });
  const { end, behind, toEnd } = useStickToEnd(outbox.waiting.at(-1)?.key ?? items.at(-1)?.key);
  const { top, failed, load } = useEarlier(thread);
  const now = useNow();
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <div
        role="log"
        aria-label="Messages"
        aria-live="off"
        className="relative min-h-0 grow overflow-y-auto px-3 py-4 [overflow-anchor:none] md:px-6"
        tabIndex={-1}
      >
        <div className="mx-auto grid min-h-full max-w-3xl grid-cols-[minmax(0,1fr)] content-end gap-3.5">
          {earlier && (
            <div ref={top} className="grid h-8 place-items-center text-muted text-xs">
              {failed ? (
                <Button size="sm" onClick={() => void load()}>
                  Load earlier messages
                </Button>
              ) : (
                "Loading earlier messages…"
              )}
            </div>
          )}
          <ThreadPictures value={messages}>
            {items.map((item) => (
              <Item
                key={item.key}
                item={item}
                userId={userId}
                now={now}
                resendOf={resendOf}
                elsewhere={elsewhere}
              />
            ))}
          </ThreadPictures>
          {outbox.waiting.map((written) => (
            <OutgoingBubble
              key={written.key}
              written={written}
              onRetry={outbox.retry}
              onDiscard={outbox.discard}
              onKeep={onKeep}
            />
          ))}
          {items.length === 0 && outbox.waiting.length === 0 && !earlier && (
            <p className="py-6 text-center text-muted text-sm">Nothing has been said yet.</p>
          )}
          {notices}
          <div ref={end} className="h-px scroll-mb-40 md:scroll-mb-4" />
        </div>
      </div>
      <Announcer messages={messages} events={events} userId={userId} />
      {behind && (
        <Button
          size="sm"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 max-md:fixed max-md:bottom-44"
          onClick={toEnd}
        >
          <ArrowDown aria-hidden />
          New messages
        </Button>
      )}
    </div>
  );
}

type ItemProps = Pick<MessageListProps, "userId" | "resendOf" | "elsewhere"> & {
  readonly item: TimelineItem;
  readonly now: Date;
};

function Item({ item, userId, now, resendOf, elsewhere }: ItemProps) {
  switch (item.kind) {
    case "day":
      return <DayLine at={item.at} now={now} />;
    case "new":
      return <NewLine />;
    case "event":
      return <EventLine event={item.event} userId={userId} now={now} />;
    case "message": {
      const { message } = item;
      if (isActivity(message)) return <ActivityLine message={message} />;
      if (message.status !== "failed") return <MessageBubble message={message} />;
      const resend = message.author === "staff" ? resendOf(message) : null;
      return (
        <MessageBubble
          message={message}
          action={
            <>
              {resend && <TryAgain onPress={resend} />}
              {elsewhere}
            </>
          }
        />
      );
    }
  }
}

function TryAgain({ onPress }: { onPress: () => void }) {
  return (
    <button
      type="button"
      className="font-medium text-ink underline underline-offset-2 hover:opacity-80"
      onClick={onPress}
    >
      Try again
    </button>
  );
}

function NewLine() {
  return (
    <div className="flex items-center gap-3 font-medium text-accent text-xs">
      <span aria-hidden className="h-px grow bg-accent/40" />
      <h3>New</h3>
      <span aria-hidden className="h-px grow bg-accent/40" />
    </div>
  );
}

function DayLine({ at, now }: { at: string; now: Date }) {
  return (
    <h3 className="pt-1 text-center font-medium text-muted text-xs" suppressHydrationWarning>
      {dayName(new Date(at), now)}
    </h3>
  );
}
