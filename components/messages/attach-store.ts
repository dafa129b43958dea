import { UNREACHABLE } from "@/components/layout/api";
import type { UploadLimits } from "@/lib/inbox/upload-client";
import type { Ended } from "./attach-upload";

/** A file beside what is being written. */
export type Attached = {
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  /** An address within the page, of a picture. */
  readonly preview: string | null;
  readonly state: { readonly kind: "uploading" /** From 0 to 1. */; readonly progress: number } | Ended;
};

type Kept = Attached & { readonly chosen: Chosen | null; readonly cancel: (() => void) | null };

/** A file as it is on this device, and how large it may be. */
type Chosen = { readonly file: File; readonly limits: UploadLimits };

const NONE: readonly Kept[] = [];
const boxes = new Map<string, readonly Kept[]>();
const listeners = new Set<() => void>();

/** What was attached in a conversation and is not sent yet: kept while another one is shown. */
export const attachedTo = (conversationId: string): readonly Attached[] => boxes.get(conversationId) ?? NONE;

export function onAttached(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(id: string, next: (box: readonly Kept[]) => readonly Kept[]): void {
  boxes.set(id, next(boxes.get(id) ?? NONE));
  for (const listener of listeners) listener();
}

const update = (id: string, key: string, part: Partial<Kept>): void =>
  change(id, (box) => box.map((one) => (one.key === key ? { ...one, ...part } : one)));

const STARTED = { kind: "uploading", progress: 0 } as const;

/** Takes files in, and begins to upload what can be sent. */
export function attach(id: string, files: readonly File[], limits: UploadLimits): void {
  const added = files.map((file) => ({
    key: crypto.randomUUID(),
    name: file.name,
    bytes: file.size,
    preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
    state: STARTED,
    chosen: { file, limits },
    cancel: null,
  }));
  change(id, (box) => [...box, ...added]);
  for (const { key, chosen } of added) void upload(id, key, chosen);
}

async function upload(id: string, key: string, { file, limits }: Chosen): Promise<void> {
  const loaded = await import("./attach-upload").catch(() => undefined);
  if (!loaded) return update(id, key, { state: { kind: "failed", reason: UNREACHABLE, canRetry: true } });
  if (!attachedTo(id).some((one) => one.key === key)) return;
  const { done, cancel } = loaded.sendFile({ id, limits }, file, (progress) =>
    update(id, key, { state: { kind: "uploading", progress } }),
  );
  update(id, key, { cancel });
  update(id, key, { state: await done, cancel: null });
}

/** Uploads once more what failed. */
export function retryAttached(id: string, key: string): void {
  const chosen = boxes.get(id)?.find((one) => one.key === key)?.chosen;
  if (!chosen) return;
  update(id, key, { state: STARTED });
  void upload(id, key, chosen);
}

/** Takes a file away, and ends its upload. */
export function removeAttached(id: string, key: string): void {
  const gone = boxes.get(id)?.find((one) => one.key === key);
  change(id, (box) => box.filter((one) => one.key !== key));
  gone?.cancel?.();
  if (gone?.preview) URL.revokeObjectURL(gone.preview);
}

/** The ids of what was uploaded, in order; it is attached no longer. */
export function takeAttached(id: string): string[] {
  const ready = attachedTo(id).flatMap(({ key, state }) =>
    state.kind === "ready" ? [{ key, mediaId: state.mediaId }] : [],
  );
  for (const { key } of ready) removeAttached(id, key);
  return ready.map(({ mediaId }) => mediaId);
}

/** Attaches again what was uploaded before and not sent. */
export const keepUploaded = (id: string, mediaIds: readonly string[]): void =>
  change(id, (box) => [
    ...box,
    ...mediaIds.map((mediaId) => ({
      ...{ key: mediaId, name: "File", bytes: 0, preview: null, chosen: null, cancel: null },
      state: { kind: "ready", mediaId } as const,
    })),
  ]);
