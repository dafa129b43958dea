"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import FileText from "lucide-react/icons/file-text";
import RotateCw from "lucide-react/icons/rotate-cw";
import { useEffect, useId, useRef, useState } from "react";
import { sendApi } from "@/components/layout/api";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { ago } from "@/components/ui/times";
import { useNow } from "@/components/ui/use-now";
import type { ThreadHeadDto } from "@/lib/inbox/client";
import {
  REFRESH_PATH,
  searchTemplates,
  type TemplateDto,
  type TemplatesDto,
  templatesQuery,
  titleOf,
  type Values,
} from "@/lib/inbox/template-client";
import { TemplateForm } from "./template-form";
import { WithMarks } from "./template-preview";

type TemplatePickerProps = {
  readonly conversation: ThreadHeadDto;
  /** It was asked for, so that the focus goes into it. */
  readonly takesFocus?: boolean;
  /** What was sent and failed: it opens again as it was filled in. */
  readonly again?: SentTemplate | undefined;
  /** It was sent. */
  readonly onSent: (sent: SentTemplate) => void;
};

/** Which template was sent, and what its placeholders were filled with. */
export type SentTemplate = { readonly templateId: string; readonly values: Values };

/** WhatsApp's approved templates: choose one, fill it in, see it as the customer will, and send it. */
export default function TemplatePicker(props: TemplatePickerProps) {
  const { conversation, takesFocus = false, again, onSent } = props;
  const { id } = conversation;
  const list = useQuery(templatesQuery(id));
  const refresh = useRefresh(id);
  const [chosen, setChosen] = useState<string | null>(again?.templateId ?? null);
  const [isBack, setBack] = useState(false);
  const { data } = list;
  const isNew =
    data !== undefined && data.account === "known" && data.readAt === null && data.failure === null;
  const { mutate: read, isIdle } = refresh;
  useEffect(() => {
    // Nobody has ever asked for them: the garage’s number was seen for the first time just now.
    if (isNew && isIdle) read();
  }, [isNew, isIdle, read]);
  if (list.isPending || (isNew && !refresh.isError)) return <Loading />;
  if (!data)
    return (
      <ErrorState
        title="The templates couldn’t be loaded"
        onRetry={list.refetch}
        retrying={list.isFetching}
      />
    );
  const template = data.templates.find((one) => one.id === chosen);
  if (template)
    return (
      <TemplateForm
        key={template.id}
        conversation={conversation}
        template={template}
        before={again?.templateId === template.id ? again.values : undefined}
        onBack={() => {
          setChosen(null);
          setBack(true);
        }}
        onSent={(values) => {
          setChosen(null);
          onSent({ templateId: template.id, values });
        }}
      />
    );
  return (
    <div className="space-y-3">
      {chosen !== null && (
        <p role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn-text">
          This template was withdrawn, paused or changed at WhatsApp. Choose it again as it is now, or choose
          another one.
        </p>
      )}
      <Choose data={data} refresh={refresh} takesFocus={takesFocus || isBack} onChoose={setChosen} />
    </div>
  );
}

type Refresh = ReturnType<typeof useRefresh>;

/** Has them read from WhatsApp now. */
function useRefresh(conversation: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => sendApi<TemplatesDto>(REFRESH_PATH, { conversation }),
    onSuccess: (fresh) => queries.setQueryData(templatesQuery(conversation).queryKey, fresh),
  });
}

type ChooseProps = {
  readonly data: TemplatesDto;
  readonly refresh: Refresh;
  readonly takesFocus: boolean;
  readonly onChoose: (id: string) => void;
};

function Choose({ data, refresh, takesFocus, onChoose }: ChooseProps) {
  const [typed, setTyped] = useState("");
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) search.current?.focus();
  }, [takesFocus]);
  const found = searchTemplates(data.templates, typed);
  const isEmpty = data.templates.length === 0;
  return (
    <>
      {!isEmpty && (
        <Input
          ref={search}
          type="search"
          aria-label="Search templates"
          placeholder="Search templates"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            const first = found.find(({ unusable }) => unusable === null);
            if (event.key !== "Enter" || event.nativeEvent.isComposing || !first) return;
            // Else the same press would send what it opens.
            event.preventDefault();
            onChoose(first.id);
          }}
        />
      )}
      {isEmpty ? (
        <NoTemplates data={data} />
      ) : (
        <ul aria-label="Templates" className="divide-y divide-line rounded-lg border">
          {found.map((template) => (
            <li key={template.id}>
              <Choice template={template} onChoose={onChoose} />
            </li>
          ))}
          {found.length === 0 && (
            <li className="px-3 py-4 text-center text-muted text-sm">No template has these words.</li>
          )}
        </ul>
      )}
      <Freshness data={data} refresh={refresh} />
    </>
  );
}

const TONE: Readonly<Record<string, "accent" | "warn">> = { utility: "accent", marketing: "warn" };

function Choice({
  template,
  onChoose,
}: {
  readonly template: TemplateDto;
  readonly onChoose: (id: string) => void;
}) {
  const { id, name, language, category, content, unusable } = template;
  const why = useId();
  return (
    <button
      type="button"
      aria-disabled={unusable !== null || undefined}
      aria-describedby={unusable === null ? undefined : why}
      onClick={() => unusable === null && onChoose(id)}
      className="block w-full px-3 py-2.5 text-left -outline-offset-2 transition-colors hover:bg-sunken aria-disabled:cursor-not-allowed aria-disabled:hover:bg-transparent"
    >
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{titleOf(name)}</span>
        <Badge tone={TONE[category] ?? "neutral"}>{titleOf(category)}</Badge>
        <Badge>{language.replace("_", "-")}</Badge>
      </span>
      <span className="mt-0.5 line-clamp-2 text-muted text-sm">
        <WithMarks text={content.body} />
      </span>
      {unusable !== null && (
        <span id={why} className="mt-0.5 block text-sm text-warn-text">
          {unusable}
        </span>
      )}
    </button>
  );
}

function NoTemplates({ data }: { readonly data: TemplatesDto }) {
  if (data.account === "unknown")
    return (
      <EmptyState icon={<FileText aria-hidden />} title="No templates yet">
        They appear once WhatsApp has delivered something to this number: that tells us which business account
        it belongs to.
      </EmptyState>
    );
  return (
    <EmptyState icon={<FileText aria-hidden />} title="No approved templates">
      Templates are made in WhatsApp Manager, under Message templates. WhatsApp approves most within minutes;
      then refresh here.
    </EmptyState>
  );
}

/** How old the list is, what it leaves out, and a way to read it anew. */
function Freshness({ data, refresh }: { readonly data: TemplatesDto; readonly refresh: Refresh }) {
  const now = useNow();
  const { readAt, notApproved } = data;
  const failure = refresh.error?.message ?? data.failure;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <div className="min-w-0 text-muted text-xs">
        {readAt !== null && <p suppressHydrationWarning>{`Refreshed ${ago(new Date(readAt), now)}`}</p>}
        {notApproved > 0 && (
          <p>{`${notApproved} more ${notApproved === 1 ? "is" : "are"} not approved, or paused, at WhatsApp.`}</p>
        )}
      </div>
      <Button
        size="sm"
        variant="ghost"
        disabled={refresh.isPending || data.account === "unknown"}
        aria-busy={refresh.isPending}
        onClick={() => refresh.mutate()}
      >
        <RotateCw
          aria-hidden
          className={refresh.isPending ? "animate-spin motion-reduce:animate-none" : ""}
        />
        Refresh
      </Button>
      {failure && (
        <p role="alert" className="basis-full text-bad-text text-sm">
          {failure}
        </p>
      )}
    </div>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the templates" className="space-y-2">
      <Skeleton className="h-10" />
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
    </div>
  );
}
