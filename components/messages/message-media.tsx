"use client";

import { lazy, Suspense } from "react";
import { useHydrated } from "@/components/ui/use-hydrated";
import type { MessageDto } from "@/lib/inbox/client";
import { LocationCard } from "./location-card";
import { MediaFrame } from "./media-frame";

const MediaView = lazy(() => import("./media-view"));

/** A message's files and its place, above its words. Their places stand before what shows them has loaded. */
export function MessageMedia({ message }: { message: MessageDto }) {
  const hydrated = useHydrated();
  const { media, location } = message;
  if (location) return <LocationCard location={location} />;
  return (
    <div className="-mx-1.5 my-0.5 flex flex-col gap-1.5">
      {media.map((file, nth) => {
        const place = <MediaFrame kind={file.kind} className="bg-surface/50" />;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a file's place in its message is what it keeps
          <Suspense key={nth} fallback={place}>
            {hydrated ? <MediaView file={file} message={message} /> : place}
          </Suspense>
        );
      })}
    </div>
  );
}

/** Whether a message has something to show besides its words. */
export const hasAttachment = ({ media, location }: MessageDto): boolean =>
  media.length > 0 || location !== null;
