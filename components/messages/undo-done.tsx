"use client";

import { useKey } from "./use-keys";
import { useWork } from "./use-work";

type UndoDoneProps = {
  readonly userId: string;
  /** What was done last, if that can be taken back. */
  readonly conversationId: string | null;
  readonly onUndone: () => void;
};

/** Nothing to be seen: it hears the key that takes the last Done back. */
export default function UndoDone({ userId, conversationId, onUndone }: UndoDoneProps) {
  const { mutate } = useWork(userId, conversationId ?? "");
  const undo = () => {
    mutate({ kind: "reopen" });
    onUndone();
  };
  useKey("undo", conversationId === null ? null : undo);
  return null;
}
