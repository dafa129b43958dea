"use client";

import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import { TAKES_MESSAGES } from "@/components/billing/notices";
import { Banner } from "@/components/ui/banner";
import { buttonStyle } from "@/components/ui/button";
import { PageLink } from "@/components/ui/page-link";
import { noticesQuery } from "@/lib/credits/client";

/** What Billing's banner says, with the way there: what can be done about it stands on that page. */
export function CreditNotice() {
  const { data: notices } = useQuery(noticesQuery());
  const billing = (
    <PageLink href={"/settings/billing" as Route} className={buttonStyle({ size: "sm" })}>
      Open Billing
    </PageLink>
  );
  if (notices?.degradation)
    return (
      <Banner tone="bad" title={notices.degradation.text} action={billing} urgent>
        {TAKES_MESSAGES}
      </Banner>
    );
  if (notices?.warning)
    return (
      <Banner
        tone={notices.warning.threshold === 75 ? "caution" : "warn"}
        title={notices.warning.text}
        action={billing}
      />
    );
  return null;
}
