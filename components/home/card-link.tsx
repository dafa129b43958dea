import type { Route } from "next";
import { PageLink } from "@/components/ui/page-link";

type CardLinkProps = { readonly href: string; readonly children: string };

/** Where a block of the start page leads: to the work itself. */
export function CardLink({ href, children }: CardLinkProps) {
  return (
    <p className="mt-3">
      <PageLink
        href={href as Route}
        className="font-medium text-accent text-sm underline-offset-4 hover:underline"
      >
        {children}
      </PageLink>
    </p>
  );
}
