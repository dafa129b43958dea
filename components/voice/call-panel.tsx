"use client";

import { useQuery } from "@tanstack/react-query";
import X from "lucide-react/icons/x";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { useClock } from "@/components/ui/use-now";
import { type CallDetailDto, callQuery } from "@/lib/calls/client";
import { formatMoment, formatPhone } from "@/lib/shared/format";
import { CallBackFlag, CallFlags } from "./call-flags";
import { callerOf } from "./caller";
import { RowsSkeleton } from "./skeletons";
import { TextBack } from "./text-back";
import { Transcript } from "./transcript";
import type { VoiceViewer } from "./voice-viewer";
import { WhyNotFull } from "./why-not-full";
import { endedText, lengthText, liveStatus } from "./words";

type CallPanelProps = {
  readonly id: string | null;
  readonly viewer: VoiceViewer;
  readonly onClose: () => void;
};

/** A call's details in a side sheet. It is the browser's own modal: Escape closes it and the row gets the focus back. */
export function CallPanel({ id, viewer, onClose }: CallPanelProps) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (id !== null && !sheet.current?.open) sheet.current?.showModal();
    if (id === null && sheet.current?.open) sheet.current.close();
  }, [id]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the sheet closes it; the keyboard has Escape
    <dialog
      ref={sheet}
      onClose={onClose}
      onClick={(event) => event.target === sheet.current && onClose()}
      aria-labelledby="call-title"
      className="mt-0 mr-0 mb-0 ml-auto h-dvh max-h-none w-full max-w-lg bg-surface text-ink shadow-over backdrop:bg-[oklch(0.15_0.02_258/0.45)] open:animate-arrive"
    >
      {id !== null && <Call id={id} viewer={viewer} onClose={onClose} />}
    </dialog>
  );
}

function Call({ id, viewer, onClose }: CallPanelProps & { id: string }) {
  const { data, isError, refetch, isFetching } = useQuery(callQuery(id));
  const now = useClock();
  return (
    <div className="flex h-full flex-col">
      <header className="flex items-start justify-between gap-4 border-b py-4 pr-3 pl-5">
        <div className="min-w-0">
          <h2 id="call-title" className="wrap-anywhere font-semibold text-lg">
            <bdi className="line-clamp-3">{data ? callerOf(data) : "Call"}</bdi>
          </h2>
          {data && <p className="text-muted text-sm tabular-nums">{formatMoment(data.startedAt, now())}</p>}
        </div>
        <Button variant="ghost" size="icon" aria-label="Close" onClick={onClose}>
          <X aria-hidden />
        </Button>
      </header>
      <div className="relative min-h-0 grow overflow-y-auto px-5 py-5">
        {data ? (
          <Details call={data} viewer={viewer} />
        ) : isError ? (
          <ErrorState title="This call couldn’t be loaded" onRetry={refetch} retrying={isFetching} />
        ) : (
          <RowsSkeleton label="Loading the call" rows={4} />
        )}
      </div>
    </div>
  );
}

function Details({ call, viewer }: { call: CallDetailDto; viewer: VoiceViewer }) {
  const { callerNumber, endedReason, status, summary } = call;
  const isNotFull = call.isFallback || call.degradationReason !== null;
  return (
    <div className="grid gap-6">
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-y-2 text-sm">
        <Fact name="Number">
          {callerNumber ? (
            <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <a href={`tel:${callerNumber}`} className="text-accent tabular-nums hover:underline">
                {formatPhone(callerNumber)}
              </a>
              {viewer.canText && <TextBack phone={callerNumber} who={callerOf(call)} />}
            </span>
          ) : (
            "Withheld"
          )}
        </Fact>
        <Fact name="Duration">{liveStatus(status) ?? lengthText(call) ?? "–"}</Fact>
        <Fact name="Answered by">
          <CallFlags call={call} />
        </Fact>
        {isNotFull && (
          <Fact name="Why">
            <WhyNotFull call={call} />
          </Fact>
        )}
        {endedReason && <Fact name="Ended">{endedText(endedReason)}</Fact>}
        {call.callBack && (
          <Fact name="Call-back">
            <CallBackFlag call={call} />
          </Fact>
        )}
      </dl>
      {summary && (
        <section aria-labelledby="call-summary">
          <h3 id="call-summary" className="font-medium">
            Summary
          </h3>
          <p className="wrap-anywhere mt-1 whitespace-pre-wrap text-muted">{summary}</p>
        </section>
      )}
      <section aria-labelledby="call-transcript">
        <h3 id="call-transcript" className="font-medium">
          Transcript
        </h3>
        <Transcript call={call} />
      </section>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
