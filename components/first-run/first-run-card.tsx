"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import Check from "lucide-react/icons/check";
import ChevronRight from "lucide-react/icons/chevron-right";
import ListChecks from "lucide-react/icons/list-checks";
import { SupportLink } from "@/components/billing/support-link";
import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { PageLink } from "@/components/ui/page-link";
import { DISMISS_PATH, type FirstStepDto, firstRunQuery } from "@/lib/first-run/client";
import { pageOf } from "./step-pages";

/** A new garage's four steps on the start page, in whatever order, until they are done or dismissed. */
export function FirstRunCard({ supportUrl }: { readonly supportUrl: string }) {
  const { data } = useQuery(firstRunQuery());
  if (!data?.show) return null;
  return (
    <Card labelledBy="first-run-title">
      <CardHeader
        id="first-run-title"
        title="Set up your garage"
        icon={<ListChecks aria-hidden />}
        description={`${data.done} of ${data.steps.length} done. In any order, and whenever you like.`}
        aside={<Dismiss />}
      />
      <ol className="mt-2 divide-y border-t">
        {data.steps.map((step) => (
          <Step key={step.key} step={step} supportUrl={supportUrl} />
        ))}
      </ol>
    </Card>
  );
}

type StepProps = { readonly step: FirstStepDto; readonly supportUrl: string };

function Step({ step: { key, title, text, missing, first }, supportUrl }: StepProps) {
  const isDone = missing.length === 0;
  return (
    <li>
      <PageLink
        href={pageOf({ key, first })}
        className="flex items-center gap-3.5 px-5 py-3 transition-colors duration-150 hover:bg-sunken [li:last-child>&]:rounded-b-lg"
      >
        <span
          className={clsx(
            "grid size-5 shrink-0 place-items-center rounded-full border",
            isDone ? "border-good bg-good-soft text-good-text" : "border-control",
          )}
        >
          {isDone && <Check aria-hidden className="size-3.5" />}
        </span>
        <span className="min-w-0 grow">
          <span className="block font-medium">{title}</span>
          <span className="block text-muted text-sm">{text}</span>
          <span className={clsx("block text-sm", isDone ? "text-good-text" : "text-warn-text")}>
            {isDone ? "Done" : `Missing: ${missing.join(", ")}`}
          </span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-faint" />
      </PageLink>
      {first === "assign-line" && (
        <p className="px-5 pb-3 pl-13.5 text-sm">
          <SupportLink href={supportUrl}>Contact Torqueflow support</SupportLink>
        </p>
      )}
    </li>
  );
}

function Dismiss() {
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => sendApi(DISMISS_PATH),
    onSuccess: () => queries.invalidateQueries({ queryKey: firstRunQuery().queryKey }),
    onError: (error) => toast.error(error.message),
  });
  return (
    <Button
      variant="ghost"
      size="sm"
      className="max-sm:-ml-3"
      onClick={() => mutate()}
      disabled={isPending}
      aria-busy={isPending}
    >
      Don’t show again
    </Button>
  );
}
