"use client";

import { Answering } from "./answering";
import { CallBacks } from "./call-backs";
import { CallLog } from "./call-log";
import { CallPanel } from "./call-panel";
import { LiveCalls } from "./live-calls";
import { SummaryCard } from "./summary-card";
import { useAddress } from "./use-address";
import type { VoiceViewer } from "./voice-viewer";

/** Calls to return first, beside who is on the phone and the figures; then the whole call log. */
export function CallsPage({ viewer }: { readonly viewer: VoiceViewer }) {
  const { asked, openId, show, openCall, closeCall } = useAddress();
  return (
    <div className="grid gap-4">
      <Answering />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <CallBacks viewer={viewer} onOpenCall={openCall} />
        <div className="grid gap-4">
          <LiveCalls />
          <SummaryCard />
        </div>
      </div>
      <CallLog asked={asked} onAsk={show} onOpen={openCall} />
      <CallPanel id={openId} viewer={viewer} onClose={closeCall} />
    </div>
  );
}
