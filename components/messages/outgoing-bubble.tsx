import CircleAlert from "lucide-react/icons/circle-alert";
import CloudOff from "lucide-react/icons/cloud-off";
import Paperclip from "lucide-react/icons/paperclip";
import type { ReactNode } from "react";
import { DeliveryState } from "./delivery-state";
import { BubbleFrame } from "./message-bubble";
import { NoteFrame } from "./note-bubble";
import type { Outgoing } from "./outbox";

type OutgoingActions = {
  /** Sends it again; `anyway` where a colleague has replied. */
  readonly onRetry: (key: string, anyway?: boolean) => void;
  readonly onDiscard: (key: string) => void;
  /** Puts it back into the box to write in. */
  readonly onKeep: (written: Outgoing) => void;
};

type OutgoingBubbleProps = OutgoingActions & { readonly written: Outgoing };

/** What the server does not have yet; its words are kept until it is sent or thrown away. */
export function OutgoingBubble({ written, ...actions }: OutgoingBubbleProps) {
  const foot = <OutgoingState written={written} {...actions} />;
  if (written.kind === "note") return <NoteFrame body={written.body} foot={foot} />;
  return (
    <BubbleFrame author="staff" unnamed={written.state.kind !== "sending"} foot={foot}>
      {written.media.length > 0 && (
        <span className="flex items-center gap-1.5 text-muted">
          <Paperclip aria-hidden className="size-3.5" />
          With a file
        </span>
      )}
      <span dir="auto">{written.body}</span>
    </BubbleFrame>
  );
}

const LINK = "font-medium text-ink underline underline-offset-2 hover:opacity-80 max-md:py-2";

function OutgoingState({ written, onRetry, onDiscard, onKeep }: OutgoingBubbleProps) {
  const { key, state } = written;
  switch (state.kind) {
    case "sending":
      return <DeliveryState status="sending" errorText={null} />;
    case "waiting":
      return (
        <span role="status" className="inline-flex items-center gap-1">
          <CloudOff aria-hidden className="size-3.5 shrink-0" />
          <span>Waiting for the connection</span>
        </span>
      );
    case "failed":
      return (
        <Refusal text={`Not sent. ${state.message}`}>
          <button type="button" className={LINK} onClick={() => onRetry(key)}>
            Try again
          </button>
          {written.kind === "reply" && (
            <button type="button" className={LINK} onClick={() => onKeep(written)}>
              Keep as draft
            </button>
          )}
          <button type="button" className={LINK} onClick={() => onDiscard(key)}>
            Delete
          </button>
        </Refusal>
      );
    case "answered":
      return (
        <Refusal text={`Not sent. ${state.message}`}>
          <button type="button" className={LINK} onClick={() => onRetry(key, true)}>
            Send anyway
          </button>
          <button type="button" className={LINK} onClick={() => onKeep(written)}>
            Keep as draft
          </button>
        </Refusal>
      );
  }
}

function Refusal({ text, children }: { text: string; children: ReactNode }) {
  return (
    <span role="alert" className="inline-flex flex-wrap items-center justify-end gap-x-2 text-bad-text">
      <span className="inline-flex items-start gap-1">
        <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
        <span>{text}</span>
      </span>
      {children}
    </span>
  );
}
