"use client";

import type { ReactNode } from "react";
import { Moment } from "@/components/ui/moment";
import { ago } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import type { LineDto } from "@/lib/lines/client";
import { formatPhone } from "@/lib/shared/format";

/** What the provider says, and when something last came and went. */
export function LineFacts({ line }: { readonly line: LineDto }) {
  const now = useNow();
  const { channel, details, state, reachedAt, lastInAt, lastOutAt, checkedAt, failingSince, lastTest } = line;
  const when = (at: string | null, never: string): ReactNode =>
    at === null ? never : <Moment at={at}>{ago(new Date(at), now)}</Moment>;
  return (
    <dl className="grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2">
      {details.map(({ label, value }) => (
        <Fact key={label} label={label}>
          {value}
        </Fact>
      ))}
      {state === "connected" && <Fact label="Last reached Torqueflow">{when(reachedAt, "Never")}</Fact>}
      <Fact label={channel === "voice" ? "Last call" : "Last message in"}>{when(lastInAt, "None yet")}</Fact>
      {channel !== "voice" && <Fact label="Last message out">{when(lastOutAt, "None yet")}</Fact>}
      <Fact label="Provider last asked">{when(checkedAt, "No answer yet")}</Fact>
      {failingSince && <Fact label="No answer since">{when(failingSince, "")}</Fact>}
      {lastTest && <Fact label="Last test">{testWords(lastTest, now)}</Fact>}
    </dl>
  );
}

function testWords({ to, at, failure }: NonNullable<LineDto["lastTest"]>, now: Date): string {
  const when = ago(new Date(at), now);
  return failure === null ? `Sent to ${formatPhone(to)}, ${when}` : `Not sent, ${when}: ${failure}`;
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-wrap justify-between gap-x-4">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words text-right" suppressHydrationWarning>
        {children}
      </dd>
    </div>
  );
}
