"use client";

import ArrowLeft from "lucide-react/icons/arrow-left";
import ArrowRight from "lucide-react/icons/arrow-right";
import Download from "lucide-react/icons/download";
import X from "lucide-react/icons/x";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { Button, buttonStyle } from "@/components/ui/button";
import { useClock } from "@/components/ui/use-now";
import { mediaAddress } from "./media-address";
import type { ThreadPicture } from "./media-pictures";
import { mediaTitle } from "./media-words";

type LightboxProps = {
  readonly pictures: readonly ThreadPicture[];
  /** The picture that was pressed. */
  readonly first: string;
  readonly onClose: () => void;
};

/** A thread's pictures in full size, one at a time: arrow keys lead through them, Escape back to the thread. */
export default function MediaLightbox({ pictures, first, onClose }: LightboxProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const clock = useClock();
  const [shown, setShown] = useState(first);
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  const at = Math.max(
    0,
    pictures.findIndex(({ id }) => id === shown),
  );
  const picture = pictures[at];
  if (!picture) return null;
  const title = mediaTitle({ kind: "image", fileName: null }, picture.message, clock());
  const go = (step: number) => setShown(pictures[at + step]?.id ?? shown);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    go(event.key === "ArrowLeft" ? -1 : 1);
  };
  return (
    <dialog
      ref={dialog}
      aria-label="Pictures of this conversation"
      className="m-auto flex max-h-dvh w-full max-w-5xl flex-col bg-transparent p-3 text-ink backdrop:bg-black/80"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={press}
    >
      <div className="flex min-h-0 flex-col overflow-hidden rounded-lg bg-surface shadow-over">
        <div className="flex items-center gap-2 border-b p-2 pl-4">
          <p aria-live="polite" className="min-w-0 grow truncate text-sm">
            {`${title} (${at + 1} of ${pictures.length})`}
          </p>
          <a href={mediaAddress(picture.id, "save")} download="" className={buttonStyle({ size: "sm" })}>
            <Download aria-hidden />
            Save
          </a>
          <Button variant="ghost" size="icon" aria-label="Close" onClick={onClose}>
            <X aria-hidden />
          </Button>
        </div>
        <div className="relative flex min-h-0 grow items-center justify-center bg-sunken">
          {/* biome-ignore lint/performance/noImgElement: served by us in its own size, and never resized */}
          <img
            key={picture.id}
            src={mediaAddress(picture.id)}
            alt={title}
            width={picture.width ?? undefined}
            height={picture.height ?? undefined}
            className="max-h-[75dvh] w-auto max-w-full object-contain"
          />
          <Turn side="left" disabled={at === 0} onPress={() => go(-1)} />
          <Turn side="right" disabled={at === pictures.length - 1} onPress={() => go(1)} />
        </div>
        {picture.caption && (
          <p dir="auto" className="wrap-anywhere max-h-24 overflow-y-auto px-4 py-3 text-sm">
            {picture.caption}
          </p>
        )}
      </div>
    </dialog>
  );
}

type TurnProps = {
  readonly side: "left" | "right";
  readonly disabled: boolean;
  readonly onPress: () => void;
};

function Turn({ side, disabled, onPress }: TurnProps) {
  if (disabled) return null;
  const Arrow = side === "left" ? ArrowLeft : ArrowRight;
  return (
    <Button
      size="icon"
      aria-label={side === "left" ? "Earlier picture" : "Later picture"}
      className={side === "left" ? "absolute left-2" : "absolute right-2"}
      onClick={onPress}
    >
      <Arrow aria-hidden />
    </Button>
  );
}
