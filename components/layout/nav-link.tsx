"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import CreditCard from "lucide-react/icons/credit-card";
import MessageSquare from "lucide-react/icons/message-square";
import Phone from "lucide-react/icons/phone";
import Stethoscope from "lucide-react/icons/stethoscope";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { waitingQuery } from "@/lib/inbox/client";
import { countText } from "../alerts/count-text";
import type { Destination } from "./navigation";

const ICONS = { messages: MessageSquare, calls: Phone, diagnostics: Stethoscope, billing: CreditCard };

export function NavLink({ href, label, icon }: Destination) {
  const path = usePathname();
  const current = path === href || path.startsWith(`${href}/`);
  const Icon = ICONS[icon];
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className={clsx(
        "relative flex items-center gap-2.5 rounded-md px-2.5 py-1.5 font-medium text-sm transition-colors duration-150 max-md:flex-col max-md:gap-1 max-md:px-1 max-md:text-center max-md:text-xs max-md:leading-tight",
        current ? "bg-sunken text-ink" : "text-muted hover:bg-sunken hover:text-ink",
      )}
    >
      <Icon aria-hidden className={clsx("size-4 shrink-0", current ? "text-ink" : "text-faint")} />
      <span>{label}</span>
      {icon === "messages" && <WaitingCount />}
    </Link>
  );
}

/** How many conversations want a person. */
function WaitingCount() {
  const { data } = useQuery(waitingQuery());
  if (!data || data.count === 0) return null;
  return (
    <span className="min-w-5 rounded-full bg-warn-soft px-1.5 py-px text-center text-warn-text text-xs tabular-nums max-md:absolute max-md:top-0.5 max-md:left-1/2 max-md:ml-2 md:ml-auto">
      <span>{countText(data.count)}</span>
      <span className="sr-only"> waiting for a person</span>
    </span>
  );
}
