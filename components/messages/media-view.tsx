"use client";

import { useQueryClient } from "@tanstack/react-query";
import FileText from "lucide-react/icons/file-text";
import LoaderCircle from "lucide-react/icons/loader-circle";
import { useContext, useState } from "react";
import { ApiError, sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { dialogMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import { useClock } from "@/components/ui/use-now";
import type { MediaDto, MessageDto } from "@/lib/inbox/client";
import { mediaAddress } from "./media-address";
import { MediaFrame } from "./media-frame";
import { picturesOf, ThreadPictures } from "./media-pictures";
import { absence, canFetchAgain, fileSize, mediaTitle } from "./media-words";

const Lightbox = onDemand(() => import("./media-lightbox"), {
  missing: dialogMissing("The picture couldn’t be opened"),
});

type MediaViewProps = { readonly file: MediaDto; readonly message: MessageDto };
type StoredProps = { readonly file: MediaDto & { readonly id: string }; readonly title: string };

/** One file: shown, played or offered to be saved; or why it is not there. */
export default function MediaView({ file, message }: MediaViewProps) {
  const clock = useClock();
  const title = mediaTitle(file, message, clock());
  const { id } = file;
  const missing = absence(file);
  if (missing !== null || id === null) return <Absent file={file} text={missing ?? "Fetching…"} />;
  const stored = { file: { ...file, id }, title };
  switch (file.kind) {
    case "image":
    case "sticker":
      return <Picture {...stored} />;
    case "video":
      return <Video {...stored} />;
    case "audio":
      return <Voice {...stored} />;
    case "document":
      return <Document {...stored} />;
  }
}

function Absent({ file, text }: { file: MediaDto; text: string }) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const again = async () => {
    setAsked(true);
    try {
      await sendApi(`/api/messages/media/${file.id}/fetch`);
      await queries.invalidateQueries({ queryKey: ["messages"] });
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : "That did not work.");
    } finally {
      setAsked(false);
    }
  };
  return (
    <MediaFrame
      kind={file.kind}
      className="flex flex-col items-center justify-center gap-1 bg-surface/60 px-3 text-center text-muted text-sm"
    >
      <p className="flex items-center gap-1.5 whitespace-normal">
        {file.state === "waiting" && (
          <LoaderCircle aria-hidden className="size-4 shrink-0 motion-safe:animate-spin" />
        )}
        {text}
      </p>
      {canFetchAgain(file) && (
        <button
          type="button"
          disabled={asked}
          className="font-medium text-ink underline underline-offset-2 hover:opacity-80"
          onClick={again}
        >
          Try again
        </button>
      )}
    </MediaFrame>
  );
}

function Picture({ file, title }: StoredProps) {
  const messages = useContext(ThreadPictures);
  const [open, setOpen] = useState(false);
  const image = (
    // biome-ignore lint/performance/noImgElement: served by us in its own size, and never resized
    <img
      src={mediaAddress(file.id)}
      alt={title}
      loading="lazy"
      decoding="async"
      width={file.width ?? undefined}
      height={file.height ?? undefined}
      className={file.kind === "sticker" ? "size-full object-contain" : "size-full object-cover"}
    />
  );
  if (file.kind === "sticker") return <MediaFrame kind="sticker">{image}</MediaFrame>;
  return (
    <MediaFrame kind="image" className="bg-surface/50">
      <button
        type="button"
        aria-haspopup="dialog"
        className="block size-full cursor-zoom-in focus-visible:outline-offset-[-3px]"
        onClick={() => setOpen(true)}
      >
        {image}
      </button>
      {open && <Lightbox pictures={picturesOf(messages)} first={file.id} onClose={() => setOpen(false)} />}
    </MediaFrame>
  );
}

function Video({ file, title }: StoredProps) {
  return (
    <MediaFrame kind="video" className="bg-black">
      {/* biome-ignore lint/a11y/useMediaCaption: what customers film has no captions */}
      <video
        src={mediaAddress(file.id)}
        aria-label={title}
        controls
        preload="metadata"
        playsInline
        className="size-full"
      />
    </MediaFrame>
  );
}

function Voice({ file, title }: StoredProps) {
  return (
    <MediaFrame kind="audio" className="flex items-center rounded-full">
      {/* biome-ignore lint/a11y/useMediaCaption: what customers say has no captions */}
      <audio
        src={mediaAddress(file.id)}
        aria-label={title}
        controls
        preload="metadata"
        className="h-12 w-full"
      />
    </MediaFrame>
  );
}

function Document({ file, title }: StoredProps) {
  const { id, fileName, bytes } = file;
  return (
    <MediaFrame kind="document" className="bg-surface/60">
      <a
        href={mediaAddress(id, "save")}
        download={fileName ?? ""}
        aria-label={`Save ${title}`}
        className="flex size-full items-center gap-3 px-3 hover:opacity-80 focus-visible:outline-offset-[-3px]"
      >
        <FileText aria-hidden className="size-6 shrink-0 text-accent" />
        <span className="min-w-0">
          <bdi className="block truncate font-medium text-sm">{fileName ?? "Document"}</bdi>
          <span className="block text-muted text-xs">{`${bytes === null ? "" : `${fileSize(bytes)} · `}Save`}</span>
        </span>
      </a>
    </MediaFrame>
  );
}
