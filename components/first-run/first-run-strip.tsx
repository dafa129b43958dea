"use client";

import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import { SupportLink } from "@/components/billing/support-link";
import { PageLink } from "@/components/ui/page-link";
import { firstRunQuery } from "@/lib/first-run/client";
import { pageOf } from "./step-pages";

/** On settings pages, while a new garage is being set up: what is missing, and where the next of it is done. */
export function FirstRunStrip({ supportUrl }: { readonly supportUrl: string }) {
  const { data } = useQuery(firstRunQuery());
  if (!data?.show) return null;
  const next = data.steps.find(({ missing }) => missing.length > 0);
  return (
    <nav
      aria-label="Setting up"
      className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b bg-surface px-4 py-2.5 text-sm sm:px-8"
    >
      <p>
        <PageLink href={"/" as Route} className="font-medium underline-offset-4 hover:underline">
          {`Setting up: ${data.done} of ${data.steps.length} done`}
        </PageLink>{" "}
        <span className="text-muted">
          {`Missing: ${data.steps.flatMap(({ missing }) => missing).join(", ")}`}
        </span>
      </p>
      {next?.first === "assign-line" && (
        <SupportLink href={supportUrl}>Contact Torqueflow support</SupportLink>
      )}
      {next && (
        <PageLink href={pageOf(next)} className="font-medium text-accent underline-offset-4 hover:underline">
          {next.first === "connect-line" ? "Next: Connect your phone line" : `Next: ${next.title}`}
        </PageLink>
      )}
    </nav>
  );
}
