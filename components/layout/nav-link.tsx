"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { usePathname } from "next/navigation";
import { PageLink } from "@/components/ui/page-link";
import { callBacksWaitingQuery } from "@/lib/calls/waiting-client";
import { waitingQuery } from "@/lib/inbox/waiting-client";
import { countText } from "../alerts/count-text";
import { ICONS } from "./icons";
import type { Destination } from "./navigation";

export function NavLink({ href, label, icon }: Destination) {
  const path = usePathname();
  const current = path === href || path.startsWith(`${href}/`);
  const Icon = ICONS[icon];
  return (
    <PageLink
      href={href}
      aria-current={current ? "page" : undefined}
      className={clsx(
        "relative flex items-center gap-2.5 rounded-md px-2.5 py-1.5 font-medium text-sm transition-colors duration-150 max-md:flex-col max-md:gap-1 max-md:px-1 max-md:text-center max-md:text-xs max-md:leading-tight",
        current ? "bg-sunken text-ink" : "text-muted hover:bg-sunken hover:text-ink",
      )}
    >
      <Icon aria-hidden className={clsx("size-4 shrink-0", current ? "text-ink" : "text-faint")} />
      <span>{label}</span>
      {icon === "messages" && <WaitingConversations />}
      {icon === "calls" && <WaitingCallBacks />}
    </PageLink>
  );
}

/** How many conversations want a person. */
function WaitingConversations() {
  const { data } = useQuery(waitingQuery());
  return <Count of={data?.count} what="waiting for a person" />;
}

/** How many callers wait to be rung back. */
function WaitingCallBacks() {
  const { data } = useQuery(callBacksWaitingQuery());
  return <Count of={data?.count} what="call-backs waiting" />;
}

function Count({ of: count = 0, what }: { readonly of: number | undefined; readonly what: string }) {
  if (count === 0) return null;
  return (
    <span className="min-w-5 rounded-full bg-warn-soft px-1.5 py-px text-center text-warn-text text-xs tabular-nums max-md:absolute max-md:top-0.5 max-md:left-1/2 max-md:ml-2 md:ml-auto">
      <span>{countText(count)}</span>
      <span className="sr-only">{` ${what}`}</span>
    </span>
  );
}
