"use client";

import { clsx } from "clsx";
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";
import { textBoxRef } from "./composer-focus";

type WriteBoxProps = {
  readonly label: string;
  readonly placeholder: string;
  readonly hint: string;
  /** The words on its button. */
  readonly action: string;
  readonly text: string;
  /** The most characters that the server takes. */
  readonly limit: number;
  /** Something goes with the text, so that it may be empty. */
  readonly accompanied?: boolean;
  readonly disabled?: boolean;
  readonly tone?: "reply" | "note";
  readonly onWrite: (text: string, cursor: number) => void;
  /** Called with what was written, without the white space around it. */
  readonly onSend: (text: string) => void;
  /** Asked before Enter sends and before the browser moves the cursor: true where the key was taken. */
  readonly onKey?: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean;
  readonly onFiles?: (files: readonly File[]) => void;
  /** A list of what could be inserted, and which of it is marked. */
  readonly suggests?: { readonly list: string; readonly option: string | undefined } | null;
  readonly above?: ReactNode;
  readonly tools?: ReactNode;
};

/** A text with its button. Enter sends; Shift and Enter, or Enter while a word is being composed, does not. */
export function WriteBox(props: WriteBoxProps) {
  const { text, limit, tone = "reply", onWrite, onKey, onFiles } = props;
  const hint = useId();
  const length = text.trim().length;
  const sendable = length <= limit && (length > 0 || props.accompanied === true) && !props.disabled;
  const send = () => sendable && props.onSend(text.trim());
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (onKey?.(event)) return;
    // Back to the keys of the page, which mean letters in here.
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const receive = (event: ClipboardEvent | DragEvent, data: DataTransfer) => {
    if (!onFiles || data.files.length === 0) return;
    event.preventDefault();
    onFiles([...data.files]);
  };
  return (
    <form
      className={clsx(
        "relative rounded-lg border transition-colors focus-within:outline",
        tone === "note"
          ? "border-warn-line bg-warn-soft focus-within:border-warn focus-within:outline-warn"
          : "border-control bg-surface focus-within:border-accent focus-within:outline-accent",
      )}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => onFiles && event.dataTransfer.types.includes("Files") && event.preventDefault()}
      onDrop={(event) => receive(event, event.dataTransfer)}
    >
      {props.above}
      <textarea
        ref={textBoxRef}
        aria-label={props.label}
        aria-describedby={hint}
        aria-invalid={length > limit}
        aria-autocomplete={props.suggests === undefined ? undefined : "list"}
        aria-controls={props.suggests?.list}
        aria-activedescendant={props.suggests?.option}
        rows={1}
        value={text}
        onChange={(event) => onWrite(event.target.value, event.target.selectionStart)}
        onKeyDown={press}
        onPaste={(event) => receive(event, event.clipboardData)}
        placeholder={props.placeholder}
        dir="auto"
        className="field-sizing-content block max-h-48 min-h-11 w-full resize-none bg-transparent px-3.5 pt-2.5 text-lg outline-none placeholder:text-faint sm:text-base"
      />
      <div className="flex items-center gap-3 pr-2 pb-2 pl-3.5">
        {props.tools}
        <p
          id={hint}
          aria-live="polite"
          className={clsx("min-w-0 grow text-xs", tone === "note" ? "text-warn-text" : "text-muted")}
          suppressHydrationWarning
        >
          {props.hint}
        </p>
        {length > limit * NEAR && <Count length={length} limit={limit} />}
        <Button type="submit" variant="primary" size="sm" disabled={!sendable}>
          {props.action}
        </Button>
      </div>
    </form>
  );
}

/** From this share of the limit on, the characters are counted down. */
const NEAR = 0.9;

function Count({ length, limit }: { length: number; limit: number }) {
  const over = length > limit;
  return (
    <p role="status" className={clsx("shrink-0 text-xs tabular-nums", over ? "text-bad-text" : "text-muted")}>
      {over ? `${length - limit} too many` : `${limit - length} left`}
    </p>
  );
}
