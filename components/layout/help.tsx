"use client";

import { createContext, type ReactNode, use } from "react";

/** The help pages' own paths. */
export type HelpPage =
  | "finance/ai-credits"
  | "whatsapp-ai/whatsapp-24-hour-session-window"
  | "troubleshooting/ai-not-responding";

const HelpBase = createContext<string | null>(null);

type HelpProviderProps = { readonly url: string | null; readonly children: ReactNode };

/** Where the help pages are (`HELP_URL`); null: there are none, and no link leads to them. */
export function HelpProvider({ url, children }: HelpProviderProps) {
  return <HelpBase value={url}>{children}</HelpBase>;
}

/** A link to a help page, in words of its own; nothing where there are no help pages. */
export function HelpLink({ page, children }: { readonly page: HelpPage; readonly children: string }) {
  const base = use(HelpBase);
  if (base === null) return null;
  return (
    <a
      href={`${base.replace(/\/+$/, "")}/${page}`}
      target="_blank"
      rel="noreferrer"
      className="font-medium underline underline-offset-4 hover:opacity-80"
    >
      {children}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
