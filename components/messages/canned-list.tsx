"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useState } from "react";
import { type CannedResponseDto, cannedResponsesQuery } from "@/lib/inbox/client";
import { fillIn, matching } from "./placeholders";

export type TextKey = (event: KeyboardEvent<HTMLTextAreaElement>) => boolean;

type CannedListProps = {
  readonly id: string;
  readonly conversationId: string;
  /** What is typed after the slash. */
  readonly query: string;
  /** The box to write in keeps the focus, and asks here what a key means. */
  readonly onKey: RefObject<TextKey | null>;
  readonly onActive: (optionId: string | undefined) => void;
  /** What is known is filled in. */
  readonly onChoose: (text: string) => void;
  readonly onClose: () => void;
  /** Null for who may not change them. */
  readonly onManage: (() => void) | null;
};

/** The garage's canned responses above the box to write in, filtered while somebody types. */
export default function CannedList(props: CannedListProps) {
  const { id, conversationId, query, onKey, onActive, onChoose, onClose, onManage } = props;
  const { data, isPending, isError } = useQuery({
    ...cannedResponsesQuery(conversationId),
    staleTime: 300_000,
  });
  const shown = matching(data?.cannedResponses ?? [], query);
  const [active, setActive] = useState({ query, at: 0 });
  const at = active.query === query ? Math.min(active.at, shown.length - 1) : 0;
  const current = shown[at];
  const choose = (one: CannedResponseDto) => onChoose(data ? fillIn(one.body, data.known) : one.body);
  const optionId = current && `${id}-${current.id}`;

  useEffect(() => {
    onActive(optionId);
    if (optionId) document.getElementById(optionId)?.scrollIntoView({ block: "nearest" });
  }, [optionId, onActive]);
  const choosePressed = useEffectEvent(() => current && choose(current));
  useEffect(() => {
    const step = (by: number) => setActive({ query, at: (at + by + shown.length) % shown.length });
    onKey.current = (event) => {
      if (event.nativeEvent.isComposing) return false;
      if (event.key === "Escape") onClose();
      else if (event.key === "ArrowDown" && current) step(1);
      else if (event.key === "ArrowUp" && current) step(-1);
      else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && current) choosePressed();
      else return false;
      event.preventDefault();
      return true;
    };
    return () => {
      onKey.current = null;
    };
  }, [onKey, onClose, query, at, shown.length, current]);

  return (
    <div className="absolute inset-x-0 bottom-full z-20 mb-1.5 overflow-hidden rounded-lg border bg-surface shadow-over">
      <div id={id} role="listbox" aria-label="Canned responses" className="max-h-60 overflow-y-auto p-1">
        {shown.map((one) => (
          <Option
            key={one.id}
            id={`${id}-${one.id}`}
            one={one}
            isActive={one === current}
            onChoose={() => choose(one)}
          />
        ))}
      </div>
      <div className="flex items-center gap-3 border-t px-3 py-2 text-muted text-xs">
        <p role="status" className="min-w-0 grow">
          {statusText(isPending, isError, shown.length, query)}
        </p>
        {onManage && (
          <button
            type="button"
            className="shrink-0 font-medium text-ink underline underline-offset-2"
            onMouseDown={(event) => event.preventDefault()}
            onClick={onManage}
          >
            Manage
          </button>
        )}
      </div>
    </div>
  );
}

function statusText(isPending: boolean, isError: boolean, count: number, query: string): string {
  if (isPending) return "Loading canned responses…";
  if (isError) return "Canned responses couldn’t be loaded.";
  if (count > 0) return `${count} canned ${count === 1 ? "response" : "responses"}. Enter inserts.`;
  return query === "" ? "Your garage has no canned responses yet." : `No canned response matches /${query}.`;
}

type OptionProps = {
  readonly id: string;
  readonly one: CannedResponseDto;
  readonly isActive: boolean;
  readonly onChoose: () => void;
};

function Option({ id, one, isActive, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box to write in has the focus, and its keys move and choose
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={clsx("cursor-pointer rounded-md px-2.5 py-1.5", isActive ? "bg-sunken" : "hover:bg-sunken")}
    >
      <span className="block font-medium text-sm">{`/${one.shortcut}`}</span>
      <span dir="auto" className="block truncate text-muted text-sm">
        {one.body}
      </span>
    </div>
  );
}
