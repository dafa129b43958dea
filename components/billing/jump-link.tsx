"use client";

import { buttonStyle } from "@/components/ui/button";
import { LINK_STYLE } from "./support-link";

type JumpLinkProps = {
  /** The card it leads to. */
  readonly to: string;
  readonly children: string;
  /** Within a sentence it looks like a link. */
  readonly inline?: boolean;
};

/** Looks like a button, scrolls to a card of this page and takes the keyboard's focus along. */
export function JumpLink({ to, children, inline = false }: JumpLinkProps) {
  return (
    <a
      href={`#${to}`}
      className={inline ? LINK_STYLE : buttonStyle({ size: "sm" })}
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
