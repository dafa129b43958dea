"use client";

import Search from "lucide-react/icons/search";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Input } from "@/components/ui/input";
import { useKey } from "./use-keys";

type ListSearchProps = {
  /** What the address says. */
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** Enter, or the arrow down. */
  readonly onToList: () => void;
};

/** What is typed is searched for once there is a pause. */
const PAUSE_MS = 250;

export function ListSearch({ search, onSearch, onToList }: ListSearchProps) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search);
  const told = useRef(search);
  const shortcut = useKey("search", () => {
    field.current?.focus();
    field.current?.select();
  });
  useEffect(() => {
    // Back and forward change the address, and so the field.
    if (search === told.current) return;
    told.current = search;
    setTyped(search);
  }, [search]);
  useEffect(() => {
    const text = typed.trim();
    if (text === told.current) return;
    const timer = setTimeout(() => {
      told.current = text;
      onSearch(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, onSearch]);
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (typed === "") field.current?.blur();
      else setTyped("");
    }
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    onToList();
  };
  return (
    <search className="relative block">
      <Search aria-hidden className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint" />
      <Input
        ref={field}
        type="search"
        aria-label="Search conversations"
        aria-keyshortcuts={shortcut}
        placeholder="Name, number, reg or words"
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={press}
        className="h-9 pl-8"
      />
    </search>
  );
}
