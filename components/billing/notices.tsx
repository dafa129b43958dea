"use client";

import { useQuery } from "@tanstack/react-query";
import { Banner } from "@/components/ui/banner";
import { type NoticesDto, noticesQuery } from "@/lib/credits/client";

type Degradation = NonNullable<NoticesDto["degradation"]>;

const MEANING = {
  "credit-exhaustion":
    "Your assistant now takes messages on calls and sends a short reply to WhatsApp and SMS. Every conversation goes to your inbox. Full service returns as soon as you have credits.",
  "trial-cap":
    "Your trial has used its AI spend. Your assistant now takes messages on calls and sends a short reply to WhatsApp and SMS. Upgrade to a paid plan to restore full service.",
} as const satisfies Record<Degradation["reason"], string>;

/** The warnings before credits run out and the banner once they have. Silent while it does not know. */
export function Notices() {
  const { data } = useQuery(noticesQuery());
  if (data?.degradation)
    return (
      <Banner tone="bad" title={data.degradation.text} urgent>
        {MEANING[data.degradation.reason]}
      </Banner>
    );
  if (data?.warning)
    return <Banner tone={data.warning.threshold === 75 ? "caution" : "warn"} title={data.warning.text} />;
  return null;
}
