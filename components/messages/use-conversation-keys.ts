"use client";

import { useRouter } from "next/navigation";
import { useKey } from "./use-keys";

/** Opens the conversation after or before the one that is open, and goes from page to page. */
export function useConversationKeys(
  shown: readonly { readonly id: string }[],
  openId: string | null,
  open: (id: string) => void,
): void {
  const router = useRouter();
  const step = (by: 1 | -1) => () => {
    const at = shown.findIndex(({ id }) => id === openId);
    const next = shown[at < 0 ? 0 : at + by];
    if (next) open(next.id);
  };
  useKey("open-next", step(1));
  useKey("open-previous", step(-1));
  useKey("go-inbox", () => router.push("/messages"));
  useKey("go-voice", () => router.push("/voice"));
}
