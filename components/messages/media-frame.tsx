import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { MediaDto } from "@/lib/inbox/client";

/** One size for each kind, whatever is in it and before anything is: nothing moves when a file comes. */
const SIZE: Readonly<Record<MediaDto["kind"], string>> = {
  image: "h-48 w-64",
  video: "h-48 w-64",
  audio: "h-14 w-72",
  document: "h-16 w-72",
  sticker: "size-32",
};

type MediaFrameProps = {
  readonly kind: MediaDto["kind"];
  readonly className?: string;
  readonly children?: ReactNode;
};

/** The place of a file in a bubble. */
export function MediaFrame({ kind, className, children }: MediaFrameProps) {
  return (
    <div className={clsx("relative max-w-full overflow-hidden rounded-md", SIZE[kind], className)}>
      {children}
    </div>
  );
}
