"use client";

import { Badge } from "@/components/ui/badge";
import { countdown, nextCountdownMs } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import { type ThreadHeadDto, windowEnd } from "@/lib/inbox/client";
import { formatMoment } from "@/lib/shared/format";

type WindowBadgeProps = {
  readonly conversation: ThreadHeadDto;
  /** What the composer goes by too, so that the two never disagree. */
  readonly isOver: boolean;
};

/** WhatsApp's 24-hour window beside the channel: open with the time left, or expired. Nothing where there is none. */
export function WindowBadge({ conversation, isOver }: WindowBadgeProps) {
  const endsAt = windowEnd(conversation);
  return endsAt && <Countdown endsAt={endsAt} isOver={isOver} />;
}

function Countdown({ endsAt, isOver }: { endsAt: Date; isOver: boolean }) {
  const endMs = endsAt.getTime();
  const now = useNow((at) => nextCountdownMs(endMs - at.getTime()), endMs);
  if (isOver)
    return (
      <Badge tone="warn" suppressHydrationWarning>
        Window expired
      </Badge>
    );
  return (
    <Badge
      tone="good"
      className="tabular-nums"
      title={`WhatsApp’s 24-hour window closes on ${formatMoment(endsAt, now)}`}
      suppressHydrationWarning
    >
      {`Window open · ${countdown(endMs - now.getTime())} left`}
    </Badge>
  );
}
