"use client";

import { clsx } from "clsx";
import { usePathname } from "next/navigation";
import { PageLink } from "@/components/ui/page-link";
import { ACCOUNT } from "./navigation";

type AccountLinkProps = { readonly userName: string; readonly role: string };

/** Who is signed in, which leads to their own account. */
export function AccountLink({ userName, role }: AccountLinkProps) {
  const current = usePathname() === ACCOUNT.href;
  return (
    <PageLink
      href={ACCOUNT.href}
      aria-current={current ? "page" : undefined}
      className={clsx(
        "min-w-0 grow rounded-md px-2.5 py-1 transition-colors duration-150 hover:bg-sunken",
        current && "bg-sunken",
      )}
    >
      <span dir="auto" className="block truncate text-left font-medium text-sm">
        {userName}
      </span>
      <span className="block truncate text-faint text-xs capitalize">{role}</span>
      <span className="sr-only">{ACCOUNT.label}</span>
    </PageLink>
  );
}
