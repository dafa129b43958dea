"use client";

import { clsx } from "clsx";
import ChartColumn from "lucide-react/icons/chart-column";
import MessageCircle from "lucide-react/icons/message-circle";
import MessageSquareText from "lucide-react/icons/message-square-text";
import Phone from "lucide-react/icons/phone";
import Stethoscope from "lucide-react/icons/stethoscope";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormatDay } from "@/components/ui/use-now";
import { type UsageDto, usageQuery } from "@/lib/credits/client";
import { formatCount } from "@/lib/shared/format";
import { Block, BlockSkeleton } from "./block";

const FRAME = { id: "usage", title: "Usage This Cycle", icon: <ChartColumn aria-hidden /> };

type ChannelUsage = UsageDto["channels"][number];

const CHANNELS = {
  voice: { label: "Voice", icon: Phone, one: "call", many: "calls" },
  whatsapp: { label: "WhatsApp", icon: MessageCircle, one: "message", many: "messages" },
  sms: { label: "SMS", icon: MessageSquareText, one: "message", many: "messages" },
  diagnostics: { label: "Diagnostics", icon: Stethoscope, one: "query", many: "queries" },
} as const;

const DAY_MS = 86_400_000;

/** `end` is the first day of the next cycle: the day before it is shown. */
function CycleText({ start, end }: UsageDto["cycle"]) {
  const day = useFormatDay();
  return <span>{`${day(start)} to ${day(new Date(Date.parse(end) - DAY_MS))}`}</span>;
}

/** Interactions and credits by channel. What a single call cost is never shown. */
export function UsageCard() {
  return (
    <Block
      frame={FRAME}
      query={usageQuery()}
      errorTitle="Your usage could not be loaded"
      skeleton={<Placeholder />}
      description={({ cycle }) => <CycleText {...cycle} />}
    >
      {({ channels }) => (
        <ul className="grid grid-cols-2 gap-x-4 gap-y-5 sm:grid-cols-4">
          {channels.map((usage) => (
            <Channel key={usage.channel} {...usage} />
          ))}
        </ul>
      )}
    </Block>
  );
}

function Channel({ channel, interactions, credits }: ChannelUsage) {
  const { label, icon: Icon, one, many } = CHANNELS[channel];
  const idle = interactions === 0 && credits === 0;
  return (
    <li className={clsx("min-w-0", idle && "text-faint")} data-idle={idle || undefined}>
      <p className={clsx("flex items-center gap-2 text-sm", idle ? "text-faint" : "text-muted")}>
        <Icon aria-hidden className={clsx("size-4 shrink-0", idle && "opacity-50")} />
        {label}
      </p>
      <p className={clsx("mt-1.5 text-lg tabular-nums", idle ? "font-normal" : "font-medium")}>
        {formatCount(interactions, one, many)}
      </p>
      <p className={clsx("text-sm tabular-nums", idle ? "text-faint" : "text-muted")}>
        {formatCount(credits, "credit", "credits")}
      </p>
    </li>
  );
}

function Placeholder() {
  return (
    <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
      {Object.keys(CHANNELS).map((channel) => (
        <Skeleton key={channel} className="h-16" />
      ))}
    </div>
  );
}

export function UsageSkeleton() {
  return (
    <BlockSkeleton frame={FRAME}>
      <Placeholder />
    </BlockSkeleton>
  );
}
