"use client";

import { type ComponentProps, useEffect, useRef, useState } from "react";
import { Input } from "./input";

/** A password, which can be looked at while it is typed. It is hidden again once its form is sent. */
export function PasswordInput(props: Omit<ComponentProps<"input">, "type">) {
  const [isShown, setShown] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const form = place.current?.closest("form");
    const hide = () => setShown(false);
    form?.addEventListener("submit", hide);
    return () => form?.removeEventListener("submit", hide);
  }, []);
  return (
    <div ref={place} className="relative">
      <Input
        {...props}
        type={isShown ? "text" : "password"}
        autoCapitalize="none"
        spellCheck={false}
        className="pr-16"
      />
      <button
        type="button"
        onClick={() => setShown(!isShown)}
        className="absolute inset-y-1 right-1 rounded-sm px-2.5 font-medium text-muted text-sm transition-colors hover:text-ink"
      >
        <span>{isShown ? "Hide" : "Show"}</span>
        <span className="sr-only"> what is typed here</span>
      </button>
    </div>
  );
}
