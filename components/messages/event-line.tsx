import { Moment } from "@/components/ui/moment";
import type { EventDto } from "@/lib/inbox/client";
import { formatClock } from "@/lib/shared/format";
import { eventText } from "./event-words";
import { NoteFrame } from "./note-bubble";

type EventLineProps = {
  readonly event: EventDto;
  /** The signed-in member. */
  readonly userId: string;
  readonly now: Date;
};

/** What was done with the conversation, as a quiet line; a note in full. */
export function EventLine({ event, userId, now }: EventLineProps) {
  if (event.kind === "note") return <Note event={event} userId={userId} />;
  return (
    <p className="wrap-anywhere px-6 text-center text-muted text-xs">
      <span>{eventText(event, userId, now)}</span>
      <span>{" · "}</span>
      <Moment at={event.at}>{formatClock(event.at)}</Moment>
    </p>
  );
}

function Note({ event, userId }: Omit<EventLineProps, "now">) {
  return (
    <NoteFrame
      body={event.body ?? ""}
      foot={
        <>
          <bdi>{event.by?.id === userId ? "You" : (event.by?.name ?? "Your team")}</bdi>
          <span aria-hidden>·</span>
          <Moment at={event.at} className="tabular-nums">
            {formatClock(event.at)}
          </Moment>
        </>
      }
    />
  );
}
