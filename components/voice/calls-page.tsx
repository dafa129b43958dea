"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { callsQuery } from "@/lib/calls/client";
import { Answering } from "./answering";
import { CallBacks } from "./call-backs";
import { CallLog } from "./call-log";
import { CallPanel } from "./call-panel";

/** Calls to return first, then the whole call log. */
export function CallsPage() {
  const [openId, setOpenId] = useState<string | null>(null);
  const { data } = useQuery(callsQuery());
  const openCallOf = useCallback(
    (providerCallId: string) => {
      const call = data?.calls.find((one) => one.providerCallId === providerCallId);
      return call && (() => setOpenId(call.id));
    },
    [data],
  );
  return (
    <div className="grid gap-4">
      <Answering />
      <CallBacks openCallOf={openCallOf} />
      <CallLog onOpen={setOpenId} />
      <CallPanel id={openId} onClose={() => setOpenId(null)} />
    </div>
  );
}
