"use client";

let box: HTMLTextAreaElement | null = null;
let isNextWanted = false;

/** For the box to write in: there is one at a time. */
export function textBoxRef(element: HTMLTextAreaElement | null): void {
  box = element;
  if (element === null || !isNextWanted) return;
  isNextWanted = false;
  focusTextBox();
}

/** Puts the cursor into it, at the end of what is there. */
export const focusTextBox = (): void => selectInTextBox(box?.value.length ?? 0);

/** The same for the box that the next render puts in its place. */
export function focusNextTextBox(): void {
  isNextWanted = true;
}

/** Marks a part of what is there, or puts the cursor before it. */
export function selectInTextBox(from: number, to = from): void {
  box?.focus();
  box?.setSelectionRange(from, to);
}
