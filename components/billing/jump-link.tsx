"use client";

import { buttonStyle } from "@/components/ui/button";

type JumpLinkProps = {
  /** The card it leads to. */
  readonly to: string;
  readonly children: string;
};

/** Looks like a button, scrolls to a card of this page and takes the keyboard's focus along. */
export function JumpLink({ to, children }: JumpLinkProps) {
  return (
    <a
      href={`#${to}`}
      className={buttonStyle({ size: "sm" })}
      onClick={(event) => {
        const card = document.getElementById(to);
        if (!card) return;
        event.preventDefault();
        const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
        card.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
        card.focus({ preventScroll: true });
      }}
    >
      {children}
    </a>
  );
}
