"use client";

import { Badge } from "@/components/ui/badge";
import { countdown, nextCountdownMs } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import { type ThreadHeadDto, windowEnd } from "@/lib/inbox/client";
import { formatMoment } from "@/lib/shared/format";

type WindowBadgeProps = { readonly conversation: ThreadHeadDto };

/** WhatsApp's 24-hour window beside the channel: open with the time left, or expired. Nothing where there is none. */
export function WindowBadge({ conversation }: WindowBadgeProps) {
  const endsAt = windowEnd(conversation);
  return endsAt && <Countdown endsAt={endsAt} />;
}

function Countdown({ endsAt }: { endsAt: Date }) {
  const now = useNow((at) => nextCountdownMs(endsAt.getTime() - at.getTime()));
  const leftMs = endsAt.getTime() - now.getTime();
  if (leftMs <= 0)
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
      {`Window open · ${countdown(leftMs)} left`}
    </Badge>
  );
}
