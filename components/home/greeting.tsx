"use client";

import { useNow } from "@/components/ui/use-now";
import { formatWeekday } from "@/lib/shared/format";
import { greetingFor } from "./greeting-words";

type GreetingProps = { readonly userName: string; readonly orgName: string };

/** The page's h1, which follows the clock. Server and browser may be a minute apart. */
export function Greeting({ userName, orgName }: GreetingProps) {
  const now = useNow();
  return (
    <header className="mb-6">
      <h1 className="font-semibold text-xl tracking-[-0.015em]" suppressHydrationWarning>
        {greetingFor(userName, now)}
      </h1>
      <p className="mt-1 text-muted" suppressHydrationWarning>
        {`${orgName} · ${formatWeekday(now, now)}`}
      </p>
    </header>
  );
}
