"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { ConversationDto } from "@/lib/inbox/client";
import { useKey } from "./use-keys";

type VirtualRowsProps = {
  readonly rows: readonly ConversationDto[];
  readonly openId: string | null;
  readonly scroller: RefObject<HTMLElement | null>;
  /** What is shown has nearly come to its end. */
  readonly onEnd: () => void;
  readonly onTop: () => void;
  readonly children: (row: ConversationDto) => ReactNode;
};

const ROW_PX = 92;
/** What the server renders, before there is a window. */
const FIRST_RECT = { width: 336, height: 800 };
const NEAR_END = 10;
const AT_TOP_PX = 8;

/** Rows of which only those in sight are in the page. What is looked at stays where it is while others come and go. */
export function VirtualRows({ rows, openId, scroller, onEnd, onTop, children }: VirtualRowsProps) {
  const [focusId, setFocusId] = useState<string | null>(null);
  const focused = rows.findIndex(({ id }) => id === focusId);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    initialRect: FIRST_RECT,
    overscan: 6,
    rangeExtractor: useCallback(
      (range: Range) => {
        const inSight = defaultRangeExtractor(range);
        const isApart = focused >= 0 && !inSight.includes(focused);
        return isApart ? [...inSight, focused].sort((a, b) => a - b) : inSight;
      },
      [focused],
    ),
  });
  const items = virtual.getVirtualItems();
  useSteadyPlace(rows, scroller, (index) => virtual.measurementsCache[index]?.start);
  const reveal = (index: number) => virtual.scrollToIndex(index);
  useReveal({ rows, openId, scroller }, reveal);
  useFocus({ rows, openId, focusId, scroller, setFocusId, reveal });
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - NEAR_END) onEnd();
  }, [last, rows.length, onEnd]);
  const isAtTop = virtual.scrollOffset === null || virtual.scrollOffset < AT_TOP_PX;
  useEffect(() => {
    if (isAtTop) onTop();
  }, [isAtTop, onTop]);
  return (
    <ul className="relative" style={{ height: virtual.getTotalSize() }} onBlur={() => setFocusId(null)}>
      {items.map(({ index, key, start }) => {
        const row = rows[index];
        if (!row) return null;
        return (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            onFocus={() => setFocusId(row.id)}
            className="absolute inset-x-0 top-0 border-b"
            style={{ transform: `translateY(${start}px)` }}
          >
            {children(row)}
          </li>
        );
      })}
    </ul>
  );
}

/** What was seen before others came, went or moved stands as far below the edge as it did. At the top the top is shown. */
function useSteadyPlace(
  rows: readonly ConversationDto[],
  scroller: RefObject<HTMLElement | null>,
  startOf: (index: number) => number | undefined,
): void {
  const before = useRef<{
    readonly rows: readonly ConversationDto[];
    readonly starts: Map<string, number>;
  } | null>(null);
  useLayoutEffect(() => {
    const box = scroller.current;
    const was = before.current;
    const starts = new Map(rows.map(({ id }, index) => [id, startOf(index) ?? 0]));
    before.current = { rows, starts };
    if (!box || !was || was.rows === rows || box.scrollTop < AT_TOP_PX) return;
    const edge = box.scrollTop;
    const shifts = was.rows
      .filter(
        ({ id }) =>
          (was.starts.get(id) ?? -1) >= edge - ROW_PX && (was.starts.get(id) ?? 0) < edge + box.clientHeight,
      )
      .flatMap(({ id }) => {
        const start = starts.get(id);
        return start === undefined ? [] : [start - (was.starts.get(id) ?? 0)];
      })
      .sort((a, b) => a - b);
    // Most of what is in sight moved alike; what moved otherwise went to another place itself.
    const shift = shifts[Math.floor(shifts.length / 2)] ?? 0;
    if (shift !== 0) box.scrollTop = edge + shift;
  });
}

type FocusProps = {
  readonly rows: readonly ConversationDto[];
  readonly openId: string | null;
  readonly focusId: string | null;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly setFocusId: (id: string) => void;
  readonly reveal: (index: number) => void;
};

/**
 * Brings the row of the open conversation into sight: once for each that is opened, as soon as its row is there, without
 * the focus. What is read on meanwhile is not scrolled away.
 */
function useReveal(
  { rows, openId, scroller }: Pick<VirtualRowsProps, "rows" | "openId" | "scroller">,
  reveal: (index: number) => void,
): void {
  const seen = useRef<{ readonly id: string | null; readonly isDone: boolean }>({ id: null, isDone: true });
  // The box that scrolls stands around this list: in the first render with it, it is not there yet.
  const [isMounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  const opened = rows.findIndex(({ id }) => id === openId);
  useEffect(() => {
    if (!isMounted) return;
    const isNew = seen.current.id !== openId;
    if (isNew) seen.current = { id: openId, isDone: false };
    if (seen.current.isDone || opened < 0) return;
    seen.current = { id: openId, isDone: true };
    // A row that comes with a later page comes because somebody reads on.
    if (isNew || (scroller.current?.scrollTop ?? 0) < AT_TOP_PX) reveal(opened);
  });
}

/** Moves the focus from row to row, and keeps it on its row when that moves. */
function useFocus({ rows, openId, focusId, scroller, setFocusId, reveal }: FocusProps): void {
  const wanted = useRef<string | null>(null);
  const step = (by: 1 | -1) => () => {
    // A dialog that closes gives the focus back without an event that React hears.
    const focused = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row;
    const from = rows.findIndex(({ id }) => id === (focused ?? openId));
    const to = from < 0 ? 0 : from + by;
    const row = rows[to];
    if (!row) return;
    wanted.current = row.id;
    setFocusId(row.id);
    reveal(to);
  };
  useKey("next", step(1));
  useKey("previous", step(-1));
  useLayoutEffect(() => {
    const id = wanted.current ?? focusId;
    if (id === null) return;
    const isLost = document.activeElement === document.body || document.activeElement === null;
    if (wanted.current === null && !isLost) return;
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${id}"]`);
    if (!link) return;
    wanted.current = null;
    link.focus({ preventScroll: true });
  });
}
