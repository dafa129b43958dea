"use client";

import { clsx } from "clsx";
import FileText from "lucide-react/icons/file-text";
import X from "lucide-react/icons/x";
import { type Attached, removeAttached, retryAttached } from "./attach-store";
import { fileSize } from "./media-words";

type AttachListProps = {
  readonly conversationId: string;
  readonly attached: readonly Attached[];
  readonly refused: readonly Attached[];
};

/** What will be sent with the text and how far each has come; apart from it, what was refused and why. */
export default function AttachList({ conversationId, attached, refused }: AttachListProps) {
  return (
    <div className="flex flex-col gap-2 px-3.5 pt-3">
      {refused.map((one) => (
        <Refused key={one.key} conversationId={conversationId} one={one} />
      ))}
      {attached.length > 0 && (
        <ul aria-label="Attached files" className="flex flex-col gap-2">
          {attached.map((one) => (
            <Row key={one.key} conversationId={conversationId} one={one} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Not among the files: the reply goes without it. */
function Refused({ conversationId, one: { key, name, state } }: { conversationId: string; one: Attached }) {
  return (
    <div
      role="alert"
      className="flex items-start gap-3 rounded-md bg-bad-soft px-3 py-2 text-bad-text text-sm"
    >
      <div className="wrap-anywhere min-w-0 grow">
        <p className="font-medium">
          <bdi>{name}</bdi> was not attached
        </p>
        <p>{state.kind === "failed" && state.reason}</p>
      </div>
      <button
        type="button"
        aria-label={`Dismiss ${name}`}
        className="shrink-0 rounded-md p-1.5 hover:bg-surface"
        onClick={() => removeAttached(conversationId, key)}
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}

function Row({ conversationId, one }: { conversationId: string; one: Attached }) {
  const { key, name, bytes, preview, state } = one;
  const isFailed = state.kind === "failed";
  return (
    <li className="flex items-center gap-3 rounded-md bg-sunken p-2">
      {preview ? (
        // biome-ignore lint/performance/noImgElement: a file of the browser's own
        <img src={preview} alt="" className="size-10 shrink-0 rounded object-cover" />
      ) : (
        <FileText aria-hidden className="m-2 size-6 shrink-0 text-muted" />
      )}
      <div className="min-w-0 grow text-sm">
        <bdi className="block truncate font-medium">{name}</bdi>
        {state.kind === "uploading" ? (
          <progress
            aria-label={`Uploading ${name}`}
            value={state.progress}
            max={1}
            className="block h-1.5 w-full max-w-60 accent-accent"
          />
        ) : (
          <p
            role={isFailed ? "alert" : undefined}
            className={clsx("text-xs", isFailed ? "text-bad-text" : "text-muted")}
          >
            {isFailed ? state.reason : bytes > 0 ? fileSize(bytes) : "Uploaded"}
          </p>
        )}
      </div>
      {isFailed && state.canRetry && (
        <button
          type="button"
          className="shrink-0 font-medium text-sm underline underline-offset-2 hover:opacity-80"
          onClick={() => retryAttached(conversationId, key)}
        >
          Try again
        </button>
      )}
      <button
        type="button"
        aria-label={state.kind === "uploading" ? `Cancel the upload of ${name}` : `Remove ${name}`}
        className="shrink-0 rounded-md p-1.5 text-muted hover:bg-surface hover:text-ink"
        onClick={() => removeAttached(conversationId, key)}
      >
        <X aria-hidden className="size-4" />
      </button>
    </li>
  );
}
