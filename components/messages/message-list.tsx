"use client";

import ArrowDown from "lucide-react/icons/arrow-down";
import { Fragment, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { dayName } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import type { MessageDto } from "@/lib/inbox/client";
import { dayKey } from "@/lib/shared/format";
import { ActivityLine, isActivity, MessageBubble } from "./message-bubble";
import type { Outgoing } from "./outbox";
import { OutgoingBubble } from "./outgoing-bubble";
import type { useOutbox } from "./use-outbox";
import { useStickToEnd } from "./use-stick-to-end";

type MessageListProps = {
  readonly messages: readonly MessageDto[];
  readonly outbox: ReturnType<typeof useOutbox>;
  readonly onResend: ((body: string) => void) | null;
  readonly onKeep: (written: Outgoing) => void;
  /** What stands at the end, just above the box to write in. */
  readonly notices: ReactNode;
};

export function MessageList({ messages, outbox, onResend, onKeep, notices }: MessageListProps) {
  const now = useNow();
  const { end, behind, toEnd } = useStickToEnd(messages.length + outbox.waiting.length);
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <div className="relative min-h-0 grow overflow-y-auto px-3 py-4 md:px-6" tabIndex={-1}>
        <div className="mx-auto grid min-h-full max-w-3xl grid-cols-[minmax(0,1fr)] content-end gap-3.5">
          {messages.map((message, index) => (
            <Fragment key={message.id}>
              {isNewDay(messages[index - 1], message) && <DayLine at={message.at} now={now} />}
              {isActivity(message) ? (
                <ActivityLine message={message} />
              ) : (
                <MessageBubble
                  message={message}
                  action={
                    onResend &&
                    message.author === "staff" &&
                    message.status === "failed" && (
                      <button
                        type="button"
                        className="font-medium text-ink underline underline-offset-2 hover:opacity-80"
                        onClick={() => onResend(message.body)}
                      >
                        Send again
                      </button>
                    )
                  }
                />
              )}
            </Fragment>
          ))}
          {outbox.waiting.map((written) => (
            <OutgoingBubble
              key={written.key}
              written={written}
              onRetry={outbox.retry}
              onDiscard={outbox.discard}
              onKeep={onKeep}
            />
          ))}
          {notices}
          <div ref={end} className="h-px scroll-mb-40 md:scroll-mb-4" />
        </div>
      </div>
      <LatestSpoken messages={messages} />
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

const isNewDay = (before: MessageDto | undefined, message: MessageDto): boolean =>
  before === undefined || dayKey(before.at) !== dayKey(message.at);

function DayLine({ at, now }: { at: string; now: Date }) {
  return (
    <h3 className="pt-1 text-center font-medium text-muted text-xs" suppressHydrationWarning>
      {dayName(new Date(at), now)}
    </h3>
  );
}

/** Reads the customer's latest words out when they arrive. */
function LatestSpoken({ messages }: { messages: readonly MessageDto[] }) {
  const latest = messages.findLast(({ author }) => author === "customer");
  return (
    <p aria-live="polite" className="sr-only">
      {latest && `Customer’s latest message: ${latest.body}`}
    </p>
  );
}
