import type { ReactNode } from "react";

export const LINK_STYLE = "font-medium text-accent underline-offset-4 hover:underline";

export function SupportLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className={LINK_STYLE}>
      {children}
    </a>
  );
}
