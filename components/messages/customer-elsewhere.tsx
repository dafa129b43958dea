"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { shortTime } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import type { ConversationDto, CustomerDto } from "@/lib/inbox/client";
import { ChannelIcon } from "./channel-icon";
import { useStart } from "./use-start";
import type { InboxViewer } from "./viewer";
import { CHANNEL_NAME } from "./words";

const STARTS = [
  { channel: "sms", label: "Text them" },
  { channel: "whatsapp", label: "WhatsApp them" },
] as const;

const STATE: Readonly<Record<ConversationDto["state"], string | null>> = {
  open: null,
  snoozed: "Snoozed",
  done: "Done",
};

type ElsewhereProps = {
  /** Of the conversation that is open. */
  readonly channel: ConversationDto["channel"];
  readonly known: CustomerDto;
  readonly viewer: InboxViewer;
  readonly onOpen: (id: string) => void;
};

/** The same person's other conversations, and a new one on each channel on which there is none. */
export function CustomerElsewhere({ channel, known, viewer, onOpen }: ElsewhereProps) {
  const { contact, conversations } = known;
  const used = new Set([channel, ...conversations.map((one) => one.channel)]);
  const { phone } = contact;
  const starts = STARTS.filter((one) => viewer.canSend && !used.has(one.channel));
  if (conversations.length === 0 && (phone === null || starts.length === 0)) return null;
  return (
    <section aria-labelledby="customer-elsewhere" className="grid gap-2 text-sm">
      <h3 id="customer-elsewhere" className="font-medium text-muted">
        Other conversations
      </h3>
      {conversations.length > 0 && <Others conversations={conversations} onOpen={onOpen} />}
      {phone !== null && starts.length > 0 && <Starts phone={phone} starts={starts} onOpen={onOpen} />}
    </section>
  );
}

function Others({
  conversations,
  onOpen,
}: Pick<CustomerDto, "conversations"> & Pick<ElsewhereProps, "onOpen">) {
  const now = useNow();
  return (
    <ul className="-mx-2">
      {conversations.map(({ id, channel, lastMessageAt, state }) => (
        <li key={id}>
          <a
            href={`/messages/${id}`}
            className="flex items-center gap-2 rounded-md px-2 py-1.5 hover:bg-sunken"
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              onOpen(id);
            }}
          >
            <ChannelIcon channel={channel} />
            <span aria-hidden className="font-medium">
              {CHANNEL_NAME[channel]}
            </span>
            {STATE[state] && <Badge>{STATE[state]}</Badge>}
            <Moment at={lastMessageAt} className="ml-auto text-muted">
              {shortTime(new Date(lastMessageAt), now)}
            </Moment>
          </a>
        </li>
      ))}
    </ul>
  );
}

type StartsProps = Pick<ElsewhereProps, "onOpen"> & {
  readonly phone: string;
  readonly starts: readonly (typeof STARTS)[number][];
};

function Starts({ phone, starts, onOpen }: StartsProps) {
  const start = useStart(onOpen);
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        {starts.map(({ channel, label }) => (
          <Button
            key={channel}
            size="sm"
            aria-busy={start.isPending}
            onClick={() => !start.isPending && start.mutate({ channel, phone })}
          >
            {label}
          </Button>
        ))}
      </div>
      {start.error && (
        <p role="alert" className="text-bad-text">
          {start.error.message}
        </p>
      )}
    </div>
  );
}
