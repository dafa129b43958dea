"use client";

import Search from "lucide-react/icons/search";
import { useEffect, useRef, useState } from "react";
import { Input } from "@/components/ui/input";

const PAUSE_MS = 250;

type CallSearchProps = {
  /** What the address asks for. */
  readonly asked: string;
  readonly onSearch: (search: string | null) => void;
};

/** Searches once somebody pauses in typing, or presses Enter. */
export function CallSearch({ asked, onSearch }: CallSearchProps) {
  const [typed, setTyped] = useState(asked);
  const [known, setKnown] = useState(asked);
  const [sent, setSent] = useState(asked);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pause.current), []);
  // The address changed by itself: a link, or Back. What was searched for here comes back while somebody types on.
  if (asked !== known && asked !== sent) setTyped(asked);
  if (asked !== known) setKnown(asked);
  const search = (text: string) => {
    clearTimeout(pause.current);
    setSent(text.trim());
    onSearch(text.trim() || null);
  };
  return (
    <search className="relative w-64 max-md:w-full">
      <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-faint max-md:top-3" />
      <Input
        type="search"
        aria-label="Search calls"
        placeholder="Number, name or words"
        autoComplete="off"
        maxLength={200}
        value={typed}
        className="pl-8 md:h-8"
        onChange={({ target: { value } }) => {
          setTyped(value);
          clearTimeout(pause.current);
          pause.current = setTimeout(() => search(value), PAUSE_MS);
        }}
        onKeyDown={({ key }) => key === "Enter" && search(typed)}
      />
    </search>
  );
}
