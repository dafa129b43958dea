import { clsx } from "clsx";
import Paperclip from "lucide-react/icons/paperclip";
import type { ReactNode } from "react";
import { HelpLink } from "@/components/layout/help";
import { Moment } from "@/components/ui/moment";
import type { MessageDto } from "@/lib/inbox/client";
import { formatClock } from "@/lib/shared/format";
import { DeliveryState } from "./delivery-state";
import { LinkedText } from "./linked-text";
import { hasAttachment, MessageMedia } from "./message-media";
import { TemplateButtons, WithMarks } from "./template-preview";

const AUTHOR: Readonly<Record<MessageDto["author"], string>> = {
  customer: "Customer",
  ai: "AI",
  canned: "Automatic reply",
  staff: "Your team",
};

const LOOK: Readonly<Record<MessageDto["author"], string>> = {
  customer: "rounded-bl-sm bg-sunken text-ink",
  ai: "rounded-br-sm bg-plum-soft text-ink",
  canned: "rounded-br-sm border border-control border-dashed bg-surface text-muted",
  staff: "rounded-br-sm bg-accent-soft text-ink",
};

/** Message types whose body describes what cannot be shown. */
const ATTACHED = new Set(["contacts", "order"]);

/** Reactions, edits and the like: shown as a line between the messages. */
export const isActivity = (message: MessageDto): boolean =>
  ["reaction", "edit", "revoke", "system", "call"].includes(message.type);

/** Whose words they are: a colleague by name; what the garage typed on its own phone is its team's, too. */
const nameOf = ({ author, type, by }: Pick<MessageDto, "author" | "type" | "by">): string => {
  if (author !== "staff") return AUTHOR[author];
  return type === "echo" ? "Your team, by phone" : (by?.name ?? AUTHOR.staff);
};

type FrameProps = {
  readonly author: MessageDto["author"];
  readonly name?: string;
  readonly children: ReactNode;
  readonly foot: ReactNode;
  /** Leaves the author out of the foot, where there is no room for it. */
  readonly unnamed?: boolean;
};

/** A bubble at its author's side, with the author, the time and the delivery state below it. */
export function BubbleFrame({ author, name = AUTHOR[author], children, foot, unnamed = false }: FrameProps) {
  const theirs = author === "customer";
  return (
    <div className={clsx("flex flex-col gap-1", theirs ? "items-start" : "items-end")}>
      <div
        className={clsx(
          "wrap-anywhere max-w-[min(34rem,86%)] whitespace-pre-wrap rounded-lg px-3.5 py-2",
          LOOK[author],
        )}
      >
        <span className="sr-only">{`${name}: `}</span>
        {children}
      </div>
      <p
        className={clsx(
          "flex max-w-[86%] flex-wrap items-center gap-x-1.5 px-0.5 text-muted text-xs",
          !theirs && "justify-end text-right",
        )}
      >
        {!theirs && !unnamed && <bdi aria-hidden>{name}</bdi>}
        {!theirs && !unnamed && <span aria-hidden>·</span>}
        {foot}
      </p>
    </div>
  );
}

type MessageBubbleProps = { readonly message: MessageDto; readonly action?: ReactNode };

export function MessageBubble({ message, action }: MessageBubbleProps) {
  const { author, type, at, status, errorText, degraded, revoked, edited, inGroup, late, template } = message;
  const isShown = hasAttachment(message) && !revoked;
  const words = isShown ? message.caption : message.body;
  return (
    <BubbleFrame
      author={author}
      name={nameOf(message)}
      foot={
        <>
          <Moment at={at} className="tabular-nums">
            {formatClock(at)}
          </Moment>
          {type === "template" && <FootNote>Template</FootNote>}
          {edited && !revoked && <FootNote>Edited</FootNote>}
          {revoked && <FootNote>{author === "customer" ? "Deleted by the customer" : "Deleted"}</FootNote>}
          {inGroup && <FootNote>In a group</FootNote>}
          {degraded && !late && <FootNote className="text-warn-text">Not answered by the AI</FootNote>}
          {late && <LateNote />}
          {author !== "customer" && <DeliveryState status={status} errorText={errorText} />}
          {action}
        </>
      }
    >
      {ATTACHED.has(type) && <Paperclip aria-hidden className="mr-1.5 mb-0.5 inline size-3.5 text-muted" />}
      {isShown && <MessageMedia message={message} />}
      {(words || !isShown) && (
        <span dir="auto" className={clsx(revoked && "text-muted line-through")}>
          {words ? <Words text={words} hasMarks={template !== null} /> : "No text"}
        </span>
      )}
      {template && <TemplateButtons buttons={template.buttons} className="-mx-3.5 -mb-2 mt-2" />}
    </BubbleFrame>
  );
}

/** A template is drawn with its marks, as the customer sees it. */
const Words = ({ text, hasMarks }: { text: string; hasMarks: boolean }) =>
  hasMarks ? <WithMarks text={text} /> : <LinkedText text={text} />;

/** Routed silently: Meta would have refused any free-form answer by then. */
function LateNote() {
  return (
    <span className="basis-full text-warn-text">
      <span>Arrived late, after the 24-hour window: no automatic reply was sent. </span>
      <HelpLink page="whatsapp-ai/whatsapp-24-hour-session-window">How the window works</HelpLink>
    </span>
  );
}

function FootNote({ children, className }: { children: string; className?: string }) {
  return (
    <>
      <span aria-hidden>·</span>
      <span className={className}>{children}</span>
    </>
  );
}

export function ActivityLine({ message }: { message: MessageDto }) {
  return (
    <p className="wrap-anywhere px-6 text-center text-muted text-xs">
      <bdi>{message.body}</bdi>
      <span>{" · "}</span>
      <Moment at={message.at}>{formatClock(message.at)}</Moment>
    </p>
  );
}
