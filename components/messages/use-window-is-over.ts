"use client";

import { useHasCome } from "@/components/ui/use-now";
import { type ReplyBlock, replyBlock, type ThreadHeadDto, windowEnd } from "@/lib/inbox/client";

const NEVER = new Date(8.64e15);

/** Why nothing can be written to this customer now. Changes by itself at the moment at which WhatsApp's window ends. */
export const useReplyBlock = (conversation: ThreadHeadDto): ReplyBlock =>
  replyBlock(conversation, useHasCome(windowEnd(conversation) ?? NEVER));
