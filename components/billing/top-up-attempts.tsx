"use client";

import { useQuery } from "@tanstack/react-query";
import ChevronRight from "lucide-react/icons/chevron-right";
import { Badge } from "@/components/ui/badge";
import { ErrorState } from "@/components/ui/error-state";
import { Moment } from "@/components/ui/moment";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import { type TopUpAttemptDto, topUpActivityQuery } from "@/lib/billing/client";
import { formatCount, formatMoment, formatPence } from "@/lib/shared/format";
import { CHEVRON, SUMMARY } from "./details-style";

const BADGE = {
  open: { text: "Under way", tone: "accent" },
  paid: { text: "Paid", tone: "good" },
  failed: { text: "Failed", tone: "bad" },
  needs_authentication: { text: "Not confirmed", tone: "neutral" },
  withdrawn: { text: "Not charged", tone: "neutral" },
} as const satisfies Record<TopUpAttemptDto["status"], object>;

const CONFIRMATION = {
  waiting: { text: "Confirmation needed", tone: "warn" },
  confirmed: { text: "Confirmed", tone: "neutral" },
  ended: BADGE.needs_authentication,
} as const satisfies Record<NonNullable<TopUpAttemptDto["confirmation"]>, object>;

/** The attempts as the server has them, latest first. */
export default function TopUpAttempts() {
  const { data, error, isFetching, refetch } = useQuery(topUpActivityQuery());
  if (data === undefined)
    return (
      <div className="mt-3" aria-busy={!error}>
        {error ? (
          <ErrorState
            title="The activity could not be loaded"
            description={error.message}
            onRetry={refetch}
            retrying={isFetching}
          />
        ) : (
          <Skeleton className="h-12" />
        )}
      </div>
    );
  if (data.attempts.length === 0)
    return <p className="mt-3 text-muted">Nothing yet. Each charge is listed here.</p>;
  return (
    <ul className="mt-1 divide-y divide-line">
      {data.attempts.map((attempt) => (
        <Attempt key={attempt.id} {...attempt} />
      ))}
    </ul>
  );
}

function Attempt({
  at,
  packName,
  credits,
  pricePence,
  status,
  confirmation,
  outcomeText,
  cardLast4,
  consent,
}: TopUpAttemptDto) {
  const now = useNow();
  const { text, tone } = confirmation ? CONFIRMATION[confirmation] : BADGE[status];
  return (
    <li className="py-3 last:pb-0">
      <div className="flex items-baseline justify-between gap-4">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-1">
          <span className="font-medium">{`${packName} - ${formatCount(credits, "credit", "credits")}`}</span>
          <Badge tone={tone}>{text}</Badge>
        </p>
        <p className="font-medium tabular-nums">{formatPence(pricePence)}</p>
      </div>
      <p className="mt-0.5 flex flex-wrap gap-x-4 text-muted text-sm tabular-nums">
        <Moment at={at}>{formatMoment(at, now)}</Moment>
        {cardLast4 && <span>{`Card ending in ${cardLast4}`}</span>}
      </p>
      <p className="mt-1">{outcomeText}</p>
      <details className="group/consent mt-1 text-muted text-sm">
        <summary className={SUMMARY}>
          <ChevronRight aria-hidden className={`${CHEVRON} group-open/consent:rotate-90`} />
          <span>{`Agreed to by ${consent.by ?? "a former member"} on ${formatMoment(consent.at, now)}`}</span>
        </summary>
        <blockquote className="mt-1 ml-1.5 border-l-2 pl-3">{consent.words}</blockquote>
      </details>
    </li>
  );
}
