"use client";

import { clsx } from "clsx";
import { type ReactNode, useLayoutEffect, useRef } from "react";

type DialogProps = {
  readonly id: string;
  readonly title: string;
  /** For more than a question: lists and fields beside each other. */
  readonly wide?: boolean;
  /** Escape, or a press beside it. */
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** Open as long as it is rendered. The browser keeps the focus inside, and gives it back to what was pressed. */
export function Dialog({ id, title, wide = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  /** Whoever selects text in it may let go beside it. */
  const beganBeside = useRef(false);
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    // Closed while it is still in the page: a dialog that is gone gives no focus back.
    return () => current?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the browser's own, and comes as `cancel`
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      className={clsx(
        "m-auto w-[calc(100%-2rem)] animate-arrive rounded-lg bg-surface p-0 text-ink shadow-over backdrop:bg-black/40",
        wide ? "max-w-2xl" : "max-w-md",
      )}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        beganBeside.current = event.target === event.currentTarget;
      }}
      onClick={(event) => beganBeside.current && event.target === event.currentTarget && onClose()}
    >
      <div className="p-5">
        <h2 id={`${id}-title`} className="font-medium text-lg">
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}
