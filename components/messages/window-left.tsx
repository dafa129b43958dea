"use client";

import { countdown, nextCountdownMs } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import { type ThreadHeadDto, windowEnd } from "@/lib/inbox/client";

const SOON_MS = 2 * 3_600_000;
const LATER_MS = Number.POSITIVE_INFINITY;

type WindowLeftProps = { readonly conversation: ThreadHeadDto };

/** Under the reply box: WhatsApp's window closes soon. */
export function WindowLeft({ conversation }: WindowLeftProps) {
  const endMs = windowEnd(conversation)?.getTime() ?? LATER_MS;
  const leftMs = endMs - useNow((at) => nextWarningMs(endMs - at.getTime()), endMs).getTime();
  if (leftMs > SOON_MS) return null;
  return (
    <p className="mt-1.5 px-0.5 font-medium text-warn-text text-xs tabular-nums" suppressHydrationWarning>
      {`WhatsApp’s window closes in ${countdown(leftMs)}: reply now to keep the conversation open.`}
    </p>
  );
}

const nextWarningMs = (leftMs: number): number =>
  leftMs > SOON_MS ? leftMs - SOON_MS : nextCountdownMs(leftMs);
