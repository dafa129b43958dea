"use client";

import { clsx } from "clsx";
import CreditCard from "lucide-react/icons/credit-card";
import MessageSquare from "lucide-react/icons/message-square";
import Phone from "lucide-react/icons/phone";
import Stethoscope from "lucide-react/icons/stethoscope";
import Link from "next/link";
import { usePathname } from "next/navigation";
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
        "flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2.5 font-medium text-sm transition-colors duration-150 max-md:h-9",
        current ? "bg-sunken text-ink" : "text-muted hover:bg-sunken hover:text-ink",
      )}
    >
      <Icon aria-hidden className={clsx("size-4 max-[26rem]:hidden", current ? "text-ink" : "text-faint")} />
      {label}
    </Link>
  );
}
