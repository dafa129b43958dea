"use client";

import { useHasCome } from "@/components/ui/use-now";
import { type ThreadHeadDto, windowEnd } from "@/lib/inbox/client";

const NEVER = new Date(8.64e15);

/** Whether WhatsApp's window has ended: asked once for a conversation, so that all of it changes at the same moment. */
export const useWindowIsOver = (conversation: ThreadHeadDto): boolean =>
  useHasCome(windowEnd(conversation) ?? NEVER);
