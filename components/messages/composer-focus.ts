"use client";

let box: HTMLTextAreaElement | null = null;

/** For the box to write in: there is one at a time. */
export function textBoxRef(element: HTMLTextAreaElement | null): void {
  box = element;
}

/** Puts the cursor into it, at the end of what is there. */
export const focusTextBox = (): void => selectInTextBox(box?.value.length ?? 0);

/** Marks a part of what is there, or puts the cursor before it. */
export function selectInTextBox(from: number, to = from): void {
  box?.focus();
  box?.setSelectionRange(from, to);
}
