import { type Ctx, requireMember } from "@/lib/auth/context";
import { type OpenFile, openFile } from "@/lib/files/folder";
import { fileKey } from "@/lib/files/key";
import { AppError } from "@/lib/shared/errors";
import { isShown, NAMES, sentAs } from "./core/media";
import { GONE_WORDS } from "./media-words";
import { findMedia } from "./store/media";

/** A stored file, ready to be served. Its stream must be read, or the file stays open. */
export type OpenedMedia = {
  readonly file: OpenFile;
  /** Of what a browser might run, `application/octet-stream`. */
  readonly mime: string;
  readonly fileName: string;
  /** Whether it may be shown within a page. */
  readonly isShown: boolean;
  readonly sha256: string;
};

/**
 * A file of a message. Needs `messages.view`. Throws not_found for another organisation's, conflict while it is still being
 * fetched, gone once the provider or we have thrown it away.
 */
export async function openMedia(ctx: Ctx, orgId: string, id: string): Promise<OpenedMedia> {
  requireMember(ctx.actor, orgId, "messages.view");
  const media = await findMedia(orgId, id);
  if (!media) throw new AppError("not_found", "There is no such file.");
  const { state, mime, sha256 } = media;
  if (state === "waiting") throw new AppError("conflict", "This file is still being fetched.");
  if (state !== "stored" || mime === null || sha256 === null)
    throw new AppError("gone", state === "stored" ? GONE_WORDS.removed : GONE_WORDS[state]);
  const file = await openFile(fileKey(orgId, media.fileId));
  if (!file) throw new AppError("gone", GONE_WORDS.removed);
  const fileName = media.fileName ?? `${NAMES[media.kind]}${ENDINGS[mime] ?? ""}`;
  const isHarmless = isShown(mime) || sentAs(mime) !== undefined;
  return { file, mime: isHarmless ? mime : UNKNOWN, fileName, isShown: isShown(mime), sha256 };
}

const UNKNOWN = "application/octet-stream";

/** Of what comes without a name. */
const ENDINGS: Readonly<Record<string, string>> = {
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/webp": ".webp",
  "image/gif": ".gif",
  "video/mp4": ".mp4",
  "video/3gpp": ".3gp",
  "audio/ogg": ".ogg",
  "audio/mpeg": ".mp3",
  "audio/mp4": ".m4a",
  "audio/aac": ".aac",
  "audio/amr": ".amr",
  "audio/wav": ".wav",
  "application/pdf": ".pdf",
};
