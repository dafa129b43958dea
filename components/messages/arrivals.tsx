"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { waitingQuery } from "@/lib/inbox/waiting-client";
import { newlyWaiting, type SeenWaiting, seenWaiting } from "../alerts/news";
import { useOpenConversation } from "./use-open-conversation";

/**
 * Says on every page when a customer waits for a person; not for the conversation that is open in front of them. The words
 * come with the first of them.
 */
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
    for (const conversation of newlyWaiting(before, data)) {
      const to = `/messages/${conversation.id}`;
      if (to === path) continue;
      import("./arrival-toast").then(
        ({ toastArrival }) => toastArrival(conversation, () => open(to)),
        () => undefined, // no connection: the list shows it all the same
      );
    }
  }, [data, path, open]);
  return null;
}
