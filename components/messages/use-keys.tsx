"use client";

import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef } from "react";
import { ariaKeys, type KeyAction, meantBy } from "./keys";
import { useSingleKeys } from "./keys-setting";

type Handlers = {
  /** The latest to take an action has it. Gives back what ends that. */
  readonly take: (action: KeyAction, handler: () => void) => () => void;
  /** Runs the action for whoever takes it next, e.g. in the conversation that is being opened. */
  readonly runWhenTaken: (action: KeyAction) => void;
};

const KeysContext = createContext<Handlers | null>(null);

/** How long the second of two keys is waited for. */
const SECOND_KEY_MS = 1_500;

const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const OWN_KEYS = "[popover], [role=menu], [role=listbox], dialog";

/** Hears keys for everything inside. What does something registers with `useKey`. */
export function KeysProvider({ children }: { readonly children: ReactNode }) {
  const letters = useSingleKeys();
  const handlers = useRef(new Map<KeyAction, (() => void)[]>());
  const awaited = useRef<KeyAction | null>(null);

  const value = useMemo<Handlers>(() => {
    const of = (action: KeyAction) => handlers.current.get(action) ?? [];
    return {
      take: (action, handler) => {
        handlers.current.set(action, [...of(action), handler]);
        if (awaited.current === action) {
          awaited.current = null;
          handler();
        }
        return () =>
          handlers.current.set(
            action,
            of(action).filter((one) => one !== handler),
          );
      },
      runWhenTaken: (action) => {
        awaited.current = action;
      },
    };
  }, []);

  useEffect(() => {
    let begun: { readonly key: string; readonly at: number } | null = null;
    const press = (event: KeyboardEvent) => {
      awaited.current = null;
      const at = event.target instanceof Element ? event.target : null;
      const isElsewhere = at?.closest(OWN_KEYS) || document.querySelector("dialog:modal");
      if (event.defaultPrevented || isElsewhere || event.getModifierState("AltGraph")) return;
      const meant = meantBy(event, {
        letters,
        inField: at?.closest(FIELDS) != null,
        inList: at?.closest("[data-keys=list]") != null,
        begun: begun !== null && event.timeStamp - begun.at < SECOND_KEY_MS ? begun.key : null,
      });
      begun = meant !== null && "begun" in meant ? { key: meant.begun, at: event.timeStamp } : null;
      const handler = meant !== null && "action" in meant && handlers.current.get(meant.action)?.at(-1);
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    const point = () => {
      awaited.current = null;
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
export function useKey(action: KeyAction, handler: (() => void) | null): string | undefined {
  const keys = use(KeysContext);
  const letters = useSingleKeys();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const isTaken = handler !== null;
  useEffect(
    () => (isTaken ? keys?.take(action, () => latest.current?.()) : undefined),
    [keys, action, isTaken],
  );
  return keys && isTaken ? ariaKeys(action, letters) : undefined;
}

/** See `Handlers.runWhenTaken`. */
export function useRunWhenTaken(): (action: KeyAction) => void {
  const keys = use(KeysContext);
  return useCallback((action) => keys?.runWhenTaken(action), [keys]);
}
