"use client";

import { onDemand } from "@/components/ui/on-demand";
import type { MessageDto } from "@/lib/inbox/client";
import { LocationCard } from "./location-card";
import { MediaFrame } from "./media-frame";

const MediaView = onDemand(() => import("./media-view"), {
  loading: ({ file }) => <MediaFrame kind={file.kind} className="bg-surface/50" />,
  missing: ({ props: { file }, retry, retrying }) => (
    <MediaFrame
      kind={file.kind}
      className="flex flex-col items-center justify-center gap-1 bg-surface/60 px-3 text-center text-muted text-sm"
    >
      <p className="whitespace-normal">This couldn’t be loaded</p>
      <button
        type="button"
        disabled={retrying}
        className="font-medium text-ink underline underline-offset-2 hover:opacity-80"
        onClick={retry}
      >
        Try again
      </button>
    </MediaFrame>
  ),
});

/** A message's files and its place, above its words. Their places stand before what shows them has loaded. */
export function MessageMedia({ message }: { message: MessageDto }) {
  const { media, location } = message;
  if (location) return <LocationCard location={location} />;
  return (
    <div className="-mx-1.5 my-0.5 flex flex-col gap-1.5">
      {media.map((file, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a file's place in its message is what it keeps
        <MediaView key={nth} file={file} message={message} />
      ))}
    </div>
  );
}

/** Whether a message has something to show besides its words. */
export const hasAttachment = ({ media, location }: MessageDto): boolean =>
  media.length > 0 || location !== null;
