"use client";

import { useCallback, useId, useRef, useState } from "react";
import { dialogMissing, partMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import type { ThreadHeadDto } from "@/lib/inbox/client";
import type { TextKey } from "./canned-list";
import { focusTextBox, selectInTextBox } from "./composer-focus";
import { firstGap, type Slash, slashBefore } from "./placeholders";
import type { InboxViewer } from "./viewer";

const MISSING = "Canned responses couldn’t be loaded";

const CannedList = onDemand(() => import("./canned-list"), {
  missing: (missing) => <div className="border-b px-3.5 py-3">{partMissing(MISSING)(missing)}</div>,
});
const CannedDialog = onDemand(() => import("./canned-dialog"), {
  missing: dialogMissing(MISSING),
});

type CannedInput = {
  readonly conversation: ThreadHeadDto;
  readonly viewer: InboxViewer;
  readonly text: string;
  readonly onWrite: (text: string) => void;
};

/** Canned responses in a reply: "/" at the start of a word opens them, and a placeholder that is left keeps it from going. */
export function useCanned({ conversation, viewer, text, onWrite }: CannedInput) {
  const [slash, setSlash] = useState<Slash | null>(null);
  const [option, setOption] = useState<string>();
  const [manages, setManages] = useState(false);
  const keys = useRef<TextKey | null>(null);
  const list = useId();
  const gap = firstGap(text);

  const close = useCallback(() => setSlash(null), []);
  const choose = (words: string) => {
    if (!slash) return;
    const before = text.slice(0, slash.from) + words;
    const next = before + text.slice(slash.to);
    onWrite(next);
    close();
    const left = firstGap(next);
    requestAnimationFrame(() => selectInTextBox(left?.from ?? before.length, left?.to));
  };
  const manage = () => {
    close();
    setManages(true);
  };

  return {
    /** What must still be filled in, in words; null where the reply can go. */
    hint: gap && `Fill in ${gap.mark} before you send.`,
    /** False where a placeholder is left: it is marked then. */
    mayGo: () => {
      if (gap) selectInTextBox(gap.from, gap.to);
      return gap === null;
    },
    look: (written: string, cursor: number) => setSlash(slashBefore(written, cursor)),
    onKey: (event: Parameters<TextKey>[0]) => keys.current?.(event) ?? false,
    suggests: slash && { list, option },
    list: slash && (
      <CannedList
        id={list}
        conversationId={conversation.id}
        query={slash.query}
        onKey={keys}
        onActive={setOption}
        onChoose={choose}
        onClose={close}
        onManage={viewer.canManage ? manage : null}
      />
    ),
    /** Stands outside the reply's own form, which must not hear of this one being sent. */
    dialog: manages && (
      <CannedDialog
        conversationId={conversation.id}
        onClose={() => {
          setManages(false);
          requestAnimationFrame(focusTextBox);
        }}
      />
    ),
  };
}
