"use client";

import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef } from "react";
import { ariaKeys, type KeyAction, meantBy } from "./keys";
import { arrivedAt, hear, NOTHING_PENDING, openingOf, pointedAt, ranAt } from "./keys-pending";
import { useSingleKeys } from "./keys-setting";

/** `typed` is what was written before the action could be run. */
type Handler = (typed: string) => void;

type Handlers = {
  /** The latest to take an action has it. Gives back what ends that. */
  readonly take: (action: KeyAction, handler: Handler) => () => void;
  /** A conversation is about to be shown, or none. */
  readonly opening: (id: string | null) => void;
  /** It is shown, or cannot be. Gives back what ends that. */
  readonly arrived: (id: string) => () => void;
};

const KeysContext = createContext<Handlers | null>(null);

/** How long the second of two keys is waited for. */
const SECOND_KEY_MS = 1_500;

const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const OWN_KEYS = "[popover], [role=menu], [role=listbox], dialog";

/** Hears keys for everything inside. What does something registers with `useKey`. */
export function KeysProvider({ children }: { readonly children: ReactNode }) {
  const letters = useSingleKeys();
  const handlers = useRef(new Map<KeyAction, Handler[]>());
  const pending = useRef(NOTHING_PENDING);
  const there = useRef<string | null>(null);

  const value = useMemo<Handlers>(() => {
    const of = (action: KeyAction) => handlers.current.get(action) ?? [];
    return {
      take: (action, handler) => {
        handlers.current.set(action, [...of(action), handler]);
        return () =>
          handlers.current.set(
            action,
            of(action).filter((one) => one !== handler),
          );
      },
      opening: (id) => {
        const isThere = pending.current.opening === null && id === there.current;
        if (isThere || id === pending.current.opening) return;
        pending.current = id === null || id === there.current ? NOTHING_PENDING : openingOf(id);
      },
      arrived: (id) => {
        there.current = id;
        const { opening, writes, text, afterwards } = pending.current;
        if (opening === id) {
          const now = performance.now();
          pending.current = arrivedAt(pending.current, now);
          if (writes !== null) of(writes).at(-1)?.(text);
          if (afterwards !== null) {
            pending.current = ranAt(pending.current, afterwards, now);
            of(afterwards).at(-1)?.("");
          }
        }
        return () => {
          if (there.current === id) there.current = null;
        };
      },
    };
  }, []);

  useEffect(() => {
    let begun: { readonly key: string; readonly at: number } | null = null;
    const press = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target : null;
      const isElsewhere = at?.closest(OWN_KEYS) || document.querySelector("dialog:modal");
      if (event.defaultPrevented || isElsewhere) return;
      const inField = at?.closest(FIELDS) != null;
      const meant = meantBy(event, {
        letters,
        inField,
        inList: at?.closest("[data-keys=list]") != null,
        begun: begun !== null && event.timeStamp - begun.at < SECOND_KEY_MS ? begun.key : null,
      });
      const { key, ctrlKey, metaKey, altKey, repeat, isComposing, timeStamp } = event;
      const stroke = { key, ctrlKey, metaKey, altKey, repeat, isComposing, at: timeStamp, inField };
      const heard = letters ? hear(pending.current, stroke, meant) : null;
      if (heard) pending.current = heard.pending;
      if (heard?.isTaken) {
        begun = null;
        event.preventDefault();
        return;
      }
      if (event.getModifierState("AltGraph")) return;
      begun = meant !== null && "begun" in meant ? { key: meant.begun, at: event.timeStamp } : null;
      if (meant === null || !("action" in meant)) return;
      const handler = handlers.current.get(meant.action)?.at(-1);
      if (!handler) return;
      event.preventDefault();
      pending.current = ranAt(pending.current, meant.action, timeStamp);
      handler("");
    };
    const point = () => {
      pending.current = pointedAt(pending.current);
    };
    document.addEventListener("keydown", press);
    document.addEventListener("pointerdown", point);
    return () => {
      document.removeEventListener("keydown", press);
      document.removeEventListener("pointerdown", point);
    };
  }, [letters]);

  return <KeysContext value={value}>{children}</KeysContext>;
}

/**
 * Runs `handler` when the action's key is pressed, as long as it is given and this is rendered. Gives back what the
 * element that does it says in `aria-keyshortcuts`.
 */
export function useKey(action: KeyAction, handler: Handler | null): string | undefined {
  const keys = use(KeysContext);
  const letters = useSingleKeys();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const isTaken = handler !== null;
  useEffect(
    () => (isTaken ? keys?.take(action, (typed) => latest.current?.(typed)) : undefined),
    [keys, action, isTaken],
  );
  return keys && isTaken ? ariaKeys(action, letters) : undefined;
}

/** Says that a conversation is about to be shown: until it is, letters are no commands. */
export function useOpening(): (id: string | null) => void {
  const keys = use(KeysContext);
  return useCallback((id) => keys?.opening(id), [keys]);
}

/** Says that a conversation is shown, or cannot be; after everything in it has taken its keys. */
export function useArrived(id: string, isThere: boolean): void {
  const keys = use(KeysContext);
  useEffect(() => (isThere ? keys?.arrived(id) : undefined), [keys, id, isThere]);
}
