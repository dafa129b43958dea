"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import PhoneOutgoing from "lucide-react/icons/phone-outgoing";
import type { Route } from "next";
import { useRef, useState } from "react";
import { LINK_STYLE, SupportLink } from "@/components/billing/support-link";
import { ApiError, sendApi, WENT_WRONG } from "@/components/layout/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PageLink } from "@/components/ui/page-link";
import { type StartedTestCall, type TestCallDto, testCallQuery } from "@/lib/calls/client";
import { checkPhone, MAX_PHONE } from "@/lib/garage/check-garage";
import { formatPhone } from "@/lib/shared/format";
import { TextField } from "../text-field";

const STANDS: Readonly<Record<TestCallDto["status"], (number: string) => string>> = {
  asked: (number) => `Calling ${number}.`,
  ringing: (number) => `${number} is ringing: pick it up.`,
  "in-progress": (number) => `On the line with ${number}.`,
  ended: (number) => `The last test call, to ${number}, is over.`,
  failed: (number) => `The last test call, to ${number}, could not be made.`,
};

type TestCallCardProps = { readonly isDirty: boolean; readonly supportUrl: string };

/** Rings the member's own telephone, so that they hear what callers hear. */
export function TestCallCard({ isDirty, supportUrl }: TestCallCardProps) {
  const queries = useQueryClient();
  const query = testCallQuery();
  const { data } = useQuery(query);
  const [number, setNumber] = useState("");
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const ring = useMutation({
    mutationFn: (typed: string) =>
      sendApi<StartedTestCall>(`/api/${query.queryKey.join("/")}`, {
        id: crypto.randomUUID(),
        number: typed,
      }),
    onSuccess: ({ call, customersHear }) =>
      queries.setQueryData(query.queryKey, { latest: call, customersHear, line: "connected" }),
    onError: (error) => {
      setProblem(error instanceof ApiError ? error.message : WENT_WRONG);
      field.current?.focus();
    },
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const wrong = number.trim() === "" ? "Enter your own telephone number." : checkPhone(number);
    setProblem(wrong);
    if (wrong !== undefined) field.current?.focus();
    else if (!ring.isPending) ring.mutate(number);
  };
  const latest = data?.latest;
  const line = data?.line ?? "connected";
  return (
    <Card labelledBy="test-call-title">
      <CardHeader
        id="test-call-title"
        title="Hear it"
        description="We ring you with the assistant as it is saved. It uses no credits and is in no statistics."
      />
      <CardBody className="grid gap-3">
        {data?.customersHear === "message-taker" && (
          <Banner tone="caution" title="Customers hear the message-taker now.">
            Your credits are used up. The test call plays your assistant all the same.
          </Banner>
        )}
        {line === "none" && (
          <Banner
            tone="caution"
            title="Your garage has no phone line yet."
            action={<SupportLink href={supportUrl}>Contact Torqueflow support</SupportLink>}
          >
            Support assigns you a number. Once you have connected it under Channels, we can ring you from it.
          </Banner>
        )}
        {line === "assigned" && (
          <Banner
            tone="caution"
            title="Your phone line is not connected yet."
            action={
              <PageLink href={"/settings/channels" as Route} className={LINK_STYLE}>
                Connect it under Channels
              </PageLink>
            }
          >
            Once it is, we can ring you from it.
          </Banner>
        )}
        {line === "connected" && (
          <form onSubmit={submit} noValidate className="grid gap-3">
            <TextField
              ref={field}
              id="test-number"
              label="Your own telephone"
              type="tel"
              autoComplete="tel"
              maxLength={MAX_PHONE}
              hint={isDirty ? "Save first to hear what you have changed." : "A UK number."}
              error={problem}
              value={number}
              onChange={({ target }) => setNumber(target.value)}
            />
            <Button type="submit" aria-busy={ring.isPending} aria-disabled={ring.isPending}>
              <PhoneOutgoing aria-hidden />
              <span>{ring.isPending ? "Calling…" : "Test call"}</span>
            </Button>
          </form>
        )}
        <p role="status" className="text-muted text-sm empty:hidden">
          {latest ? describe(latest) : ""}
        </p>
      </CardBody>
    </Card>
  );
}

function describe({ status, number, durationSeconds }: TestCallDto): string {
  const said = STANDS[status](formatPhone(number));
  return status === "ended" && durationSeconds !== null
    ? `${said} It lasted ${durationSeconds} seconds.`
    : said;
}
