import { type Ctx, requireMember } from "@/lib/auth/context";
import { removeFile } from "@/lib/files/folder";
import { fileKey } from "@/lib/files/key";
import { safeFileName, textFileName } from "@/lib/files/safe-file-name";
import { writeFile } from "@/lib/files/write-file";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";
import { NAMES, sentAs } from "./core/media";
import { SENDABLE, tooLargeWords, uploadLimits } from "./core/sendable";
import { describeFile } from "./describe-file";
import { refuseUnreachable } from "./refuse-unreachable";
import { keepUpload, readReachability, sumUploaded } from "./store/uploads";

export type Upload = {
  readonly orgId: string;
  readonly conversationId: string;
  /** As the member's file is called. */
  readonly name: string;
  /** As declared; more is refused while it comes. */
  readonly bytes: number | undefined;
  readonly body: AsyncIterable<Uint8Array>;
};

const MIB = 1024 * 1024;

/**
 * Takes a picture or a document that a reply will carry, as a stream. Needs `messages.send`. Whether the customer could be
 * sent anything is looked at before a byte is read, and again when it is sent. Throws conflict where not,
 * payload_too_large, conflict beyond what a garage may upload within a day, and unsupported_media_type for what WhatsApp does not take, as told from the bytes.
 */
export async function receiveUpload(ctx: Ctx, upload: Upload): Promise<{ readonly mediaId: string }> {
  const { orgId, conversationId } = upload;
  const { userId } = requireMember(ctx.actor, orgId, "messages.send");
  const conversation = await readReachability(orgId, conversationId);
  if (!conversation) throw new AppError("not_found", "There is no such conversation.");
  if (conversation.channel !== "whatsapp")
    throw new AppError("conflict", "Files can be sent on WhatsApp only.");
  refuseUnreachable(conversation, ctx.now());
  const { pictureBytes, documentBytes: maxBytes } = uploadLimits(env().MEDIA_MAX_MIB);
  if ((upload.bytes ?? 0) > maxBytes) throw tooLarge(maxBytes);
  await refuseBeyondADay(orgId, upload.bytes ?? 0, ctx.now());
  const id = ctx.newId();
  const key = fileKey(orgId, id);
  const written = await writeFile(key, upload.body, {
    maxBytes,
    ...(upload.bytes !== undefined && { expected: { bytes: upload.bytes } }),
  });
  if (written.kind === "too-large") throw tooLarge(maxBytes);
  if (written.kind === "damaged") throw new AppError("invalid_input", "The file did not arrive whole.");
  try {
    const { bytes, sha256 } = written;
    if (bytes === 0) throw new AppError("invalid_input", "This file is empty.");
    const type = await describeFile(written.head, bytes);
    const kind = sentAs(type.mime);
    if (kind === undefined) throw new AppError("unsupported_media_type", SENDABLE.refusal);
    if (kind === "image" && bytes > pictureBytes) throw tooLarge(pictureBytes);
    const fileName = safeFileName(upload.name) ?? NAMES[kind];
    await keepUpload({
      orgId,
      id,
      conversationId,
      userId,
      fileName: type.mime === "text/plain" ? textFileName(fileName) : fileName,
      facts: { ...type, kind, bytes, sha256 },
      at: ctx.now(),
    });
    return { mediaId: id };
  } catch (error) {
    await removeFile(key);
    throw error;
  }
}

/** What a garage may upload within a day, so that no member, or program of theirs, fills the folder of all garages. */
const MOST_A_DAY_MIB = 2_048;
const DAY_MS = 86_400_000;

async function refuseBeyondADay(orgId: string, bytes: number, now: Date): Promise<void> {
  const uploaded = await sumUploaded(orgId, new Date(now.getTime() - DAY_MS));
  if (uploaded + bytes > MOST_A_DAY_MIB * MIB)
    throw new AppError(
      "conflict",
      `Your garage has uploaded ${MOST_A_DAY_MIB / 1_024} GB of files within a day, which is the most. Try again tomorrow.`,
    );
}

const tooLarge = (mostBytes: number): AppError => new AppError("payload_too_large", tooLargeWords(mostBytes));
