"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { mineQuery } from "@/lib/inbox/client";
import { waitingQuery } from "@/lib/inbox/waiting-client";
import { leadsStream } from "../live/shared-stream";
import { useOpenConversation } from "../messages/use-open-conversation";
import { useAlert } from "./alert-settings";
import { allowChimeOnPress, chime } from "./chime";
import { notify, withdrawAllBut } from "./desktop";
import { pathsLookedAt, tellLookedAt } from "./looked-at";
import { newlyWaiting, newlyWritten, type SeenOwn, type SeenWaiting, seenOwn, seenWaiting } from "./news";

/** Notifications and the sound, where this device has them switched on. */
export default function DeviceAlerts() {
  const wantsNotifications = useAlert("notifications");
  const wantsSound = useAlert("sound");
  const path = usePathname();
  const open = useOpenConversation();
  const waiting = useQuery(waitingQuery()).data;
  const mine = useQuery(mineQuery()).data?.conversations;
  const seen = useRef<{ readonly waiting: SeenWaiting; readonly own: SeenOwn } | null>(null);
  useEffect(() => tellLookedAt(path), [path]);
  useEffect(() => (wantsSound ? allowChimeOnPress() : undefined), [wantsSound]);
  useEffect(() => {
    if (!waiting || !mine) return;
    const before = seen.current;
    seen.current = { waiting: seenWaiting(waiting), own: seenOwn(mine) };
    withdrawAllBut(new Set([...waiting.latest, ...mine.filter(({ unread }) => unread)].map(({ id }) => id)));
    if (!before) return;
    const wanting = newlyWaiting(before.waiting, waiting);
    const written = newlyWritten(before.own, mine).filter(({ id }) => !wanting.some((one) => one.id === id));
    const news = [...wanting, ...written];
    if (news.length === 0) return;
    void pathsLookedAt().then((looked) => {
      if (wantsSound && news.some(({ id }) => !looked.includes(`/messages/${id}`))) void chime();
      // Every tab of this browser comes here; one of them tells, and none while somebody looks at one of them.
      if (wantsNotifications && looked.length === 0 && leadsStream())
        for (const conversation of news) notify(conversation, open);
    });
  }, [waiting, mine, wantsNotifications, wantsSound, open]);
  return null;
}
