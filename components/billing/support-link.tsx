import type { ReactNode } from "react";

export function SupportLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="font-medium text-accent underline-offset-4 hover:underline">
      {children}
    </a>
  );
}
