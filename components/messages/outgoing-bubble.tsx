import CircleAlert from "lucide-react/icons/circle-alert";
import { DeliveryState } from "./delivery-state";
import { BubbleFrame } from "./message-bubble";
import type { Outgoing } from "./outbox";

type OutgoingBubbleProps = {
  readonly reply: Outgoing;
  readonly onRetry: (key: string) => void;
  readonly onDiscard: (key: string) => void;
};

const LINK = "font-medium text-ink underline underline-offset-2 hover:opacity-80 max-md:py-2";

/** A reply that the server does not have yet; its words are kept until it is sent or thrown away. */
export function OutgoingBubble({ reply, onRetry, onDiscard }: OutgoingBubbleProps) {
  return (
    <BubbleFrame
      author="staff"
      unnamed={reply.error !== null}
      foot={
        reply.error === null ? (
          <DeliveryState status="sending" errorText={null} />
        ) : (
          <span role="alert" className="inline-flex flex-wrap items-center justify-end gap-x-2 text-bad-text">
            <span className="inline-flex items-start gap-1">
              <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
              <span>{`Not sent. ${reply.error}`}</span>
            </span>
            <button type="button" className={LINK} onClick={() => onRetry(reply.key)}>
              Try again
            </button>
            <button type="button" className={LINK} onClick={() => onDiscard(reply.key)}>
              Delete
            </button>
          </span>
        )
      }
    >
      {reply.body}
    </BubbleFrame>
  );
}
