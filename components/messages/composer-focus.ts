"use client";

let box: HTMLTextAreaElement | null = null;

/** For the box to write in: there is one at a time. */
export function textBoxRef(element: HTMLTextAreaElement | null): void {
  box = element;
}

/** Puts the cursor into it, at the end of what is there. */
export function focusTextBox(): void {
  box?.focus();
  box?.setSelectionRange(box.value.length, box.value.length);
}
