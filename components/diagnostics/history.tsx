"use client";

import { useQuery } from "@tanstack/react-query";
import ChevronRight from "lucide-react/icons/chevron-right";
import HistoryIcon from "lucide-react/icons/history";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Moment } from "@/components/ui/moment";
import { shortTime } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import { historyQuery, type QueryDto } from "@/lib/diagnostics/client";
import { formatClock } from "@/lib/shared/format";
import { DegradedAnswer } from "./answer-card";
import { AnswerText } from "./answer-text";
import { HistorySkeleton } from "./skeletons";

export function History() {
  const { data, isError, refetch, isFetching } = useQuery(historyQuery());
  return (
    <Card labelledBy="history-title">
      <CardHeader id="history-title" title="Your questions" icon={<HistoryIcon aria-hidden />} />
      <CardBody>
        {data ? (
          <Questions queries={data.queries} />
        ) : isError ? (
          <ErrorState title="Your questions couldn’t be loaded" onRetry={refetch} retrying={isFetching} />
        ) : (
          <HistorySkeleton />
        )}
      </CardBody>
    </Card>
  );
}

function Questions({ queries }: { queries: readonly QueryDto[] }) {
  const now = useNow();
  if (queries.length === 0)
    return (
      <EmptyState title="No questions yet">What you ask, and what you were told, stays here.</EmptyState>
    );
  return (
    <ul className="-my-2 divide-y">
      {queries.map((query) => (
        <li key={query.id}>
          <Question query={query} now={now} />
        </li>
      ))}
    </ul>
  );
}

function Question({ query, now }: { query: QueryDto; now: Date }) {
  return (
    <details className="group py-3">
      <summary className="flex cursor-pointer list-none items-start gap-2 rounded-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="mt-0.5 size-4 shrink-0 text-faint transition-transform duration-150 group-open:rotate-90"
        />
        <span className="grid min-w-0 grow gap-1">
          <span className="wrap-anywhere line-clamp-2 font-medium group-open:line-clamp-none">
            {query.question}
          </span>
          <span className="flex flex-wrap items-center gap-2">
            <Moment at={query.askedAt} className="text-muted text-xs tabular-nums">
              {shortTime(new Date(query.askedAt), now)}
            </Moment>
            {query.degraded && <Badge tone="warn">{query.degradationReason ?? "degraded"}</Badge>}
            {query.replies.length > 0 && <Badge tone="good">Answered by your team</Badge>}
            {query.failed && <Badge tone="bad">Not finished</Badge>}
          </span>
        </span>
      </summary>
      <div className="mt-2 pl-6">
        <Answer query={query} />
      </div>
    </details>
  );
}

function Answer({ query: { answer, degraded, degradationReason, failed, replies } }: { query: QueryDto }) {
  if (degraded)
    return (
      <div className="grid gap-3">
        <DegradedAnswer reason={degradationReason} />
        <Replies replies={replies} />
      </div>
    );
  if (answer !== null)
    return (
      <p className="wrap-anywhere whitespace-pre-wrap text-muted leading-relaxed">
        <AnswerText text={answer} />
      </p>
    );
  return (
    <p className="text-muted">
      {failed ? "The answer could not be finished. Please ask again." : "The answer is being written."}
    </p>
  );
}

/** What the team wrote back, under the question that it answers. */
function Replies({ replies }: Pick<QueryDto, "replies">) {
  if (replies.length === 0) return null;
  return (
    <ul aria-label="Replies from your team" className="grid gap-3">
      {replies.map(({ id, body, author, at }) => (
        <li key={id} className="rounded-lg bg-accent-soft px-4 py-3">
          <p className="wrap-anywhere whitespace-pre-wrap leading-relaxed">{body}</p>
          <p className="mt-1 text-muted text-xs">
            <bdi>{author ?? "Your team"}</bdi>
            <span>{" · "}</span>
            <Moment at={at}>{formatClock(at)}</Moment>
          </p>
        </li>
      ))}
    </ul>
  );
}
