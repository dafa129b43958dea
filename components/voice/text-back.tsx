"use client";

import MessageSquareText from "lucide-react/icons/message-square-text";
import { Button } from "@/components/ui/button";
import { useTextBack } from "./use-call-backs";

/** Opens the conversation by SMS with a number. */
export function TextBack({ phone, who }: { readonly phone: string; readonly who: string }) {
  const text = useTextBack();
  return (
    <Button size="sm" aria-busy={text.isPending} onClick={() => !text.isPending && text.mutate(phone)}>
      <MessageSquareText aria-hidden />
      <span>Text back</span>
      <span className="sr-only">{`: ${who}`}</span>
    </Button>
  );
}
