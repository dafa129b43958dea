import ArrowLeft from "lucide-react/icons/arrow-left";
import Bot from "lucide-react/icons/bot";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import type { ThreadHeadDto } from "@/lib/inbox/client";
import { formatClock, formatPhone } from "@/lib/shared/format";
import { ChannelIcon } from "./channel-icon";
import { CustomerButton, type CustomerPaneState } from "./customer-pane";
import { HeldBy } from "./held-by";
import { ThreadTools } from "./thread-tools";
import { useHolder } from "./use-holder";
import { useKey } from "./use-keys";
import type { InboxViewer } from "./viewer";
import { WindowBadge } from "./window-badge";
import { customerName } from "./words";

type ThreadHeaderProps = {
  readonly conversation: ThreadHeadDto;
  readonly windowIsOver: boolean;
  readonly viewer: InboxViewer;
  readonly customer: CustomerPaneState;
  readonly onClose: () => void;
  readonly onAdvance: () => void;
};

/** Moves the focus to the conversation’s name when it is opened by keyboard or on a phone. */
function useFocusOnOpen() {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement?.matches("body, #main") || activeElement?.closest("nav"))
      title.current?.focus({ preventScroll: true });
  }, []);
  return title;
}

export function ThreadHeader(props: ThreadHeaderProps) {
  const { conversation, viewer, onClose, onAdvance } = props;
  const { channel, customer, phone } = conversation;
  const title = useFocusOnOpen();
  const isNamed = customer !== phone;
  return (
    <header className={`${THREAD_HEAD} max-md:sticky max-md:top-0 max-md:z-10`}>
      <div className="flex h-9 items-center gap-2">
        <BackButton onClick={onClose} />
        <h2
          ref={title}
          id="thread-title"
          tabIndex={-1}
          className="min-w-0 truncate font-semibold outline-none"
        >
          <bdi>{isNamed || !phone ? customerName(customer) : <RingLink phone={phone} />}</bdi>
        </h2>
        <span className="flex shrink-0">
          <WindowBadge conversation={conversation} isOver={props.windowIsOver} />
        </span>
        <span className="grow" />
        {channel !== "diagnostics" && <CustomerButton pane={props.customer} />}
      </div>
      <div className="flex h-8 items-center gap-2">
        <div className="flex min-w-0 grow items-center gap-x-1.5 overflow-hidden text-muted text-sm">
          <ChannelIcon channel={channel} />
          <HeldNow conversation={conversation} viewer={viewer} />
          {phone && isNamed && <RingLink phone={phone} />}
        </div>
        <HolderButtons conversation={conversation} viewer={viewer} />
        {viewer.canManage && (
          <ThreadTools conversation={conversation} viewer={viewer} onAdvance={onAdvance} />
        )}
      </div>
    </header>
  );
}

/** Of one height in every state, also while the conversation loads; what it holds asks for its width. */
export const THREAD_HEAD =
  "@container flex flex-col justify-center gap-1 h-23 shrink-0 border-b bg-surface px-3 md:px-6";

function RingLink({ phone }: { phone: string }) {
  return (
    <a href={`tel:${phone}`} className="min-w-0 truncate tabular-nums hover:text-ink hover:underline">
      {formatPhone(phone)}
    </a>
  );
}

/** Only on phones, where the conversation replaces the list. */
export function BackButton({ onClick }: { onClick: () => void }) {
  return (
    <Button
      variant="ghost"
      size="icon"
      className="md:hidden"
      aria-label="Back to all messages"
      onClick={onClick}
    >
      <ArrowLeft aria-hidden />
    </Button>
  );
}

const WAITING = "Waiting for your team";

/** Who answers while no member holds the conversation; what the AI has handed over is not with it. */
function answeringText({ channel, degraded, aiPausedUntil, needsAttention }: ThreadHeadDto): string {
  if (channel === "diagnostics") return WAITING;
  if (degraded) return "AI paused";
  if (needsAttention) return WAITING;
  return aiPausedUntil === null ? "With the AI" : `AI paused until ${formatClock(aiPausedUntil)}`;
}

type HolderProps = Pick<ThreadHeaderProps, "conversation" | "viewer">;

/** Who answers in this conversation. */
function HeldNow({ conversation, viewer: { userId } }: HolderProps) {
  const { holder } = conversation;
  return (
    <p role="status" className="max-w-full shrink-0 truncate @max-sm:sr-only">
      {holder === null ? (
        <span key="nobody">{answeringText(conversation)}</span>
      ) : (
        <HeldBy key={holder.id} holder={holder} userId={userId} />
      )}
    </p>
  );
}

/** The buttons that change who answers. Beside "Take over" a phone has room for the sign of "Hand back" alone. */
function HolderButtons({ conversation, viewer }: HolderProps) {
  const { id, holder } = conversation;
  const { userId, canManage } = viewer;
  const change = useHolder(id, viewer);
  const mine = holder?.id === userId;
  const key = useKey("hold", canManage ? () => change.mutate(mine ? "hand-back" : "take-over") : null);
  return (
    <>
      {canManage && !mine && (
        <Button
          size="sm"
          aria-keyshortcuts={key}
          onClick={() => change.mutate("take-over")}
          disabled={change.isPending}
        >
          Take over
        </Button>
      )}
      {canManage && holder !== null && (
        <Button
          size="sm"
          className={mine ? undefined : "@max-sm:w-8 @max-sm:px-0"}
          aria-label="Hand back"
          aria-keyshortcuts={mine ? key : undefined}
          title="Hand back to the AI"
          onClick={() => change.mutate("hand-back")}
          disabled={change.isPending}
        >
          {!mine && <Bot aria-hidden className="@sm:hidden" />}
          <span className={mine ? undefined : "@max-sm:hidden"}>Hand back</span>
        </Button>
      )}
    </>
  );
}
