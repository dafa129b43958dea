"use client";

import { clsx } from "clsx";
import Check from "lucide-react/icons/check";
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from "react";

export type MenuItem = {
  readonly key: string;
  readonly label: string;
  /** What helps to choose, at the end of the line. */
  readonly detail?: string;
  /** Said of one that is chosen now. */
  readonly chosen?: boolean;
  /** It leads on to something else in the menu's place, which closes by itself. */
  readonly leadsOn?: boolean;
  readonly onChoose: () => void;
};

type MenuProps = {
  readonly label: string;
  /** The button that opened it: the menu stands below or above it. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
};

const GAP = 6;
const EDGE = 8;

/** Open as long as it is rendered. Arrows, Home, End and first letters move; Escape, Tab and a press beside it close. */
export function Menu({ label, anchor, items, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = menu;
    if (!current) return;
    current.showPopover();
    place(current, anchor.current);
    const rows = rowsOf(current);
    (rows.find((row) => row.ariaChecked === "true") ?? rows[0])?.focus();
    return () => current.hidePopover();
  }, [anchor]);
  const close = () => {
    onClose();
    anchor.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const rows = rowsOf(event.currentTarget);
    const at = rows.findIndex((row) => row.matches(":focus"));
    const to = targetOf(event.key, rows, at);
    if (to) to.focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={press}
      onToggle={(event) =>
        event.newState === "closed" && !menu.current?.matches(":popover-open") && onClose()
      }
      className="fixed inset-auto m-0 max-h-80 min-w-56 max-w-[calc(100vw-1rem)] animate-arrive overflow-y-auto rounded-lg border bg-surface p-1 text-ink shadow-over outline-none"
    >
      {items.map(({ key, label: text, detail, chosen, leadsOn, onChoose }) => (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: it has the role of a radio item where it can be checked
        <button
          key={key}
          type="button"
          role={chosen === undefined ? "menuitem" : "menuitemradio"}
          aria-checked={chosen}
          tabIndex={-1}
          onClick={() => {
            if (!leadsOn) close();
            onChoose();
          }}
          className="flex w-full items-center gap-3 rounded-md px-2.5 py-2 text-left text-base outline-none focus:bg-sunken hover:bg-sunken"
        >
          <span className="min-w-0 grow truncate">{text}</span>
          {detail && <span className="shrink-0 text-muted text-sm tabular-nums">{detail}</span>}
          {chosen !== undefined && <Check aria-hidden className={clsx("size-4", !chosen && "invisible")} />}
        </button>
      ))}
    </div>
  );
}

const rowsOf = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>("button")];

function targetOf(key: string, rows: readonly HTMLElement[], at: number): HTMLElement | undefined {
  if (key === "ArrowDown") return rows[(at + 1) % rows.length];
  if (key === "ArrowUp") return rows.at(at <= 0 ? -1 : at - 1);
  if (key === "Home") return rows[0];
  if (key === "End") return rows.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const starts = (row: HTMLElement) => row.textContent?.toLowerCase().startsWith(key.toLowerCase());
  return [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find(starts);
}

/** Below its button, or above where there is more room, and never beyond the edge of the window. */
function place(menu: HTMLElement, anchor: HTMLElement | null): void {
  const button = anchor?.getBoundingClientRect();
  if (!button) return;
  const { width, height } = menu.getBoundingClientRect();
  const below = innerHeight - button.bottom - GAP - EDGE;
  const top = height <= below || below >= button.top ? button.bottom + GAP : button.top - GAP - height;
  menu.style.top = `${Math.max(EDGE, top)}px`;
  menu.style.left = `${Math.max(EDGE, Math.min(button.right - width, innerWidth - width - EDGE))}px`;
}
