import type { MediaKind } from "./media";
import type { Json } from "./message";

/** A file that a message names, as its `parts` have it. */
export type MediaPart = {
  readonly position: number;
  readonly kind: MediaKind;
  /** Meta's media id, or the address at Twilio. */
  readonly ref: string;
  readonly fileName: string | null;
};

const KINDS: readonly string[] = ["image", "video", "audio", "document", "sticker"] satisfies MediaKind[];
const isKind = (value: unknown): value is MediaKind => typeof value === "string" && KINDS.includes(value);

type Message = { readonly type: string; readonly parts?: Json | null | undefined };

/** The files of a message. An edit only repeats those of the message that it changes. */
export function mediaPartsOf({ type, parts }: Message): MediaPart[] {
  if (type === "edit" || type === "revoke" || !isRecord(parts) || !Array.isArray(parts.media)) return [];
  const said = type === "echo" && isRecord(parts.echo) ? parts.echo.type : type;
  return parts.media.flatMap((item: Json, position): MediaPart[] => {
    if (!isRecord(item)) return [];
    const ref = item.id ?? item.url;
    const kind = typeof item.mimeType === "string" && item.url ? kindOf(item.mimeType) : said;
    if (typeof ref !== "string" || ref === "" || !isKind(kind)) return [];
    return [{ position, kind, ref, fileName: typeof item.filename === "string" ? item.filename : null }];
  });
}

/** A text's files say their own types. */
function kindOf(mimeType: string): MediaKind {
  const [is] = mimeType.split("/");
  return is === "image" || is === "video" || is === "audio" ? is : "document";
}

const isRecord = (value: Json | null | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
