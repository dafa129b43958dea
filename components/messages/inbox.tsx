"use client";

import { useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import MessageSquare from "lucide-react/icons/message-square";
import { usePathname } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { atFirstTouch } from "@/components/ui/at-first-touch";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { partMissing } from "@/components/ui/missing";
import { type Missing, onDemand } from "@/components/ui/on-demand";
import { beingEnded } from "./being-ended";
import { ConversationList } from "./conversation-list";
import { BubblesSkeleton } from "./skeletons";
import { useConversationKeys } from "./use-conversation-keys";
import { useConversationList } from "./use-conversation-list";
import { KeysProvider, useArrived, useOpening } from "./use-keys";
import { useListAddress } from "./use-list-address";
import type { InboxViewer } from "./viewer";

const HOME = "/messages";

const loadThread = async () => ({ default: (await import("./thread")).Thread });

const THREAD_PLACE = "bg-surface p-4 md:border-l md:p-6";

/** Its scripts are no part of the list's first paint: they come with the first touch, or with a page that shows a conversation. */
const Thread = onDemand(loadThread, {
  onServer: true,
  loading: () => (
    <div className={THREAD_PLACE}>
      <BubblesSkeleton />
    </div>
  ),
  missing: (missing) => <ThreadMissing {...missing} />,
});

type InboxProps = { readonly viewer: InboxViewer };

export function Inbox({ viewer }: InboxProps) {
  return (
    <KeysProvider>
      <Panes viewer={viewer} />
    </KeysProvider>
  );
}

type ThreadMissingProps = Missing<{ readonly id: string; readonly onClose: () => void }>;

function ThreadMissing(missing: ThreadMissingProps) {
  const { id, onClose } = missing.props;
  // Keys mean again what they always do.
  useArrived(id, true);
  return (
    <section aria-label="Conversation" className={THREAD_PLACE}>
      <div>{partMissing("This conversation couldn’t be loaded")(missing)}</div>
      <Button className="mt-4 md:hidden" onClick={onClose}>
        Back to all messages
      </Button>
    </section>
  );
}

/** Whoever moves towards the list will open a conversation. */
const loadAtFirstTouch = () => atFirstTouch(() => void loadThread().catch(() => undefined));

const UndoDone = onDemand(() => import("./undo-done"));
const UnsentDelivery = onDemand(() => import("./unsent-delivery"));

/** The list, and beside it the conversation that the address names; on phones only one of the two. */
function Panes({ viewer }: InboxProps) {
  useEffect(loadAtFirstTouch, []);
  const path = usePathname();
  const openId = path.startsWith(`${HOME}/`) ? path.slice(HOME.length + 1) : null;
  // From the first conversation on something may be written, which goes also after that is closed, and may be done.
  const [hasOpened, setHasOpened] = useState(false);
  if (openId !== null && !hasOpened) setHasOpened(true);
  const address = useListAddress();
  const conversations = useConversationList(address.asked, openId);
  const { shown } = conversations;
  // The address changes without a round trip to the server: the thread is read from the cache or its own API.
  const opening = useOpening();
  useEffect(() => opening(openId), [opening, openId]);
  const open = useCallback(
    (id: string | null) => {
      const to = id === null ? HOME : `${HOME}/${id}`;
      if (to === location.pathname) return;
      // At once: until the address has changed, the keys would still mean the conversation before.
      opening(id);
      history.pushState(null, "", to + location.search);
    },
    [opening],
  );
  useConversationKeys(shown, openId, open);
  const queries = useQueryClient();
  const [lastDone, setLastDone] = useState<string | null>(null);
  /**
   * What is dealt with makes room for the next open conversation. The focus goes to its name, not into its reply box: the
   * next key is as often a command as a letter, and would be sent to a customer.
   */
  const advance = () => {
    const at = shown.findIndex(({ id }) => id === openId);
    const others = [...shown.slice(at + 1), ...shown.slice(0, Math.max(at, 0))];
    const ended = beingEnded(queries);
    const next = others.find(({ id, state }) => state === "open" && !ended.has(id));
    setLastDone(openId);
    if (!next) document.getElementById("main")?.focus({ preventScroll: true });
    open(next?.id ?? null);
  };
  const undone = () => {
    setLastDone(null);
    open(lastDone);
  };
  return (
    <div className="md:grid md:h-0 md:grow md:grid-cols-[clamp(17rem,28%,21rem)_minmax(0,1fr)]">
      {/* The list shows it too, but on a phone an open conversation stands in the list's place. */}
      <h1 id="inbox-title" className="sr-only">
        Messaging Inbox
      </h1>
      <ConversationList
        className={clsx(openId !== null && "max-md:hidden")}
        {...conversations}
        address={address}
        openId={openId}
        onOpen={open}
        userId={viewer.userId}
        canSend={viewer.canSend}
      />
      {hasOpened && (
        <>
          <UnsentDelivery userId={viewer.userId} />
          <UndoDone userId={viewer.userId} conversationId={lastDone} onUndone={undone} />
        </>
      )}
      {openId === null ? (
        <div className="hidden place-items-center border-l bg-surface md:grid">
          <EmptyState icon={<MessageSquare aria-hidden />} title="No conversation open">
            Choose one from the list. Those that need a person are at the top.
          </EmptyState>
        </div>
      ) : (
        <Thread
          key={openId}
          id={openId}
          viewer={viewer}
          onOpen={open}
          onClose={() => open(null)}
          onAdvance={advance}
        />
      )}
    </div>
  );
}
