"use client";

import { titleWith } from "./count-text";
import { drawBadge } from "./draw-badge";

const ICONS = 'link[rel="icon"]';

let waiting = 0;
/** What the icon says now, and the picture of it; null: the plain icon. */
let badge: { readonly text: string; readonly href: string } | null = null;
let following: MutationObserver | undefined;

/** Shows in the tab's title and on its icon how many wait, also on the pages that come after this one; 0 removes it. */
export async function showInTab(count: number): Promise<void> {
  waiting = count;
  if (!following) {
    // A page that is gone to brings its own title, and may bring the icon anew.
    following = new MutationObserver(apply);
    following.observe(document.head, {
      childList: true,
      subtree: true,
      characterData: true,
      attributeFilter: ["href"],
    });
  }
  apply();
  const text = iconText(count);
  if (text === (badge?.text ?? "")) return;
  const href = text === "" ? undefined : await drawBadge(text);
  // Another count came while this one was drawn.
  if (text !== iconText(waiting)) return;
  badge = href === undefined ? null : { text, href };
  apply();
}

/** At 16 pixels there is room for one digit. */
const iconText = (count: number): string => (count > 9 ? "9+" : count > 0 ? String(count) : "");

function apply(): void {
  const title = titleWith(document.title, waiting);
  if (document.title !== title) document.title = title;
  for (const link of document.head.querySelectorAll<HTMLLinkElement>(ICONS)) applyTo(link);
}

function applyTo(link: HTMLLinkElement): void {
  const { plain } = link.dataset;
  const own = plain ?? link.getAttribute("href") ?? "";
  const href = badge?.href ?? own;
  if (link.getAttribute("href") === href) return;
  if (badge) link.dataset.plain = own;
  link.setAttribute("href", href);
}
