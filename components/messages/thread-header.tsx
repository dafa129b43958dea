import ArrowLeft from "lucide-react/icons/arrow-left";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import type { ThreadHeadDto } from "@/lib/inbox/client";
import { formatClock } from "@/lib/shared/format";
import { CustomerButton, type CustomerPaneState } from "./customer-pane";
import { HeldBy } from "./held-by";
import { ThreadTools } from "./thread-tools";
import { useHolder } from "./use-holder";
import { useKey } from "./use-keys";
import type { InboxViewer } from "./viewer";
import { WindowBadge } from "./window-badge";
import { CHANNEL_NAME, customerName, formatPhone } from "./words";

type ThreadHeaderProps = {
  readonly conversation: ThreadHeadDto;
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
    if (activeElement === document.body || activeElement?.closest("nav"))
      title.current?.focus({ preventScroll: true });
  }, []);
  return title;
}

export function ThreadHeader(props: ThreadHeaderProps) {
  const { conversation, viewer, onClose, onAdvance } = props;
  const { channel, customer, phone } = conversation;
  const title = useFocusOnOpen();
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-surface px-3 py-2.5 max-md:sticky max-md:top-0 max-md:z-10 md:px-6">
      <BackButton onClick={onClose} />
      <div className="min-w-0 grow basis-28">
        <h2 ref={title} id="thread-title" tabIndex={-1} className="truncate font-semibold outline-none">
          <bdi>{customerName(customer)}</bdi>
        </h2>
        <p className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-muted text-sm">
          <span>{CHANNEL_NAME[channel]}</span>
          <WindowBadge conversation={conversation} />
          {phone && (
            <a href={`tel:${phone}`} className="tabular-nums hover:text-ink hover:underline">
              {formatPhone(phone)}
            </a>
          )}
        </p>
      </div>
      {channel !== "diagnostics" && <CustomerButton pane={props.customer} />}
      <div className="flex items-center gap-2">
        <Holder conversation={conversation} viewer={viewer} />
        {viewer.canManage && (
          <ThreadTools conversation={conversation} viewer={viewer} onAdvance={onAdvance} />
        )}
      </div>
    </header>
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

/** Who answers in this conversation, and the buttons that change it. */
function Holder({ conversation, viewer }: Pick<ThreadHeaderProps, "conversation" | "viewer">) {
  const { id, holder } = conversation;
  const { userId, canManage } = viewer;
  const change = useHolder(id, viewer);
  const mine = holder?.id === userId;
  const key = useKey("hold", canManage ? () => change.mutate(mine ? "hand-back" : "take-over") : null);
  return (
    <>
      <p role="status" className="mr-1 text-muted text-sm max-lg:sr-only">
        {holder === null ? (
          <span key="nobody">{answeringText(conversation)}</span>
        ) : (
          <HeldBy key={holder.id} holder={holder} userId={userId} />
        )}
      </p>
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
          aria-keyshortcuts={mine ? key : undefined}
          onClick={() => change.mutate("hand-back")}
          disabled={change.isPending}
        >
          Hand back
        </Button>
      )}
    </>
  );
}
