import { fileTypeFromBuffer } from "file-type";
import { imageSize } from "image-size";
import { isShown } from "./core/media";

export type FileType = {
  /** Told from the bytes; `application/octet-stream` for what has no mark of its own. */
  readonly mime: string;
  /** Of a picture, as it is shown: turned by its own orientation. Null for anything else. */
  readonly width: number | null;
  readonly height: number | null;
};

/** Other names of types that browsers know. */
const USUAL: Readonly<Record<string, string>> = {
  "audio/x-m4a": "audio/mp4",
  "audio/vnd.wave": "audio/wav",
  "application/ogg": "audio/ogg",
  "video/ogg": "audio/ogg",
  "image/apng": "image/png",
};

const UNKNOWN = "application/octet-stream";
const TEXT = "text/plain";
/** EXIF: from 5 on the picture lies on its side. */
const FIRST_SIDEWAYS = 5;

/** What a file is, from its first bytes alone: what its sender, or their provider, says of it is not believed. */
export async function describeFile(head: Buffer, bytes: number): Promise<FileType> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const given = found?.mime.split(";")[0] ?? (isPlainText(head, bytes) ? TEXT : UNKNOWN);
  const mime = USUAL[given] ?? given;
  const isPicture = isShown(mime) && mime.startsWith("image/");
  return { mime, ...(isPicture ? sizeOf(head) : NO_SIZE) };
}

const NO_SIZE = { width: null, height: null };

function sizeOf(head: Buffer): { width: number | null; height: number | null } {
  try {
    const { width, height, orientation = 1 } = imageSize(head);
    if (!width || !height) return NO_SIZE;
    return orientation >= FIRST_SIDEWAYS ? { width: height, height: width } : { width, height };
  } catch {
    return NO_SIZE;
  }
}

const MARKUP = /^[\s\ufeff]*<(!doctype|\?xml|html|svg|head|body|script|!--)/i;

/** Text without markup: what a browser might run is no plain text. */
function isPlainText(head: Buffer, bytes: number): boolean {
  if (head.length === 0) return false;
  const text = decode(head, head.length < bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has
  return text !== undefined && !/[\0-\x08\x0e-\x1f]/.test(text) && !MARKUP.test(text);
}

/** UTF-8; undefined for anything else. A head may end within a character. */
function decode(head: Buffer, isCut: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: isCut });
  } catch {
    return undefined;
  }
}
