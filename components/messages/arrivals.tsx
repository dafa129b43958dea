"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { toast } from "@/components/layout/toast";
import { waitingQuery } from "@/lib/inbox/client";
import { newlyWaiting, type SeenWaiting, seenWaiting } from "../alerts/news";
import { useOpenConversation } from "./use-open-conversation";
import { attentionText, customerName } from "./words";

/** Says on every page when a customer waits for a person; not for the conversation that is open in front of them. */
export function Arrivals() {
  const { data } = useQuery(waitingQuery());
  const path = usePathname();
  const open = useOpenConversation();
  const seen = useRef<SeenWaiting | null>(null);
  useEffect(() => {
    if (!data) return;
    const before = seen.current;
    seen.current = seenWaiting(data);
    if (!before || document.hidden) return;
    for (const { id, customer, attentionReason } of newlyWaiting(before, data)) {
      const to = `/messages/${id}`;
      if (to === path) continue;
      toast(<NewMessage from={customerName(customer)} />, {
        id,
        description: attentionText(attentionReason),
        action: { label: "Open", onClick: () => open(to) },
      });
    }
  }, [data, path, open]);
  return null;
}

const NewMessage = ({ from }: { from: string }) => (
  <>
    New message from <bdi>{from}</bdi>
  </>
);
