import type { MediaKind, MediaProblem, MediaState } from "./core/media";
import { mediaPartsOf } from "./core/media-parts";
import type { Json } from "./core/message";
import type { TemplateButton, TemplateSend } from "./core/template";

/** A file of a message as the thread shows it. */
export type MediaDto = {
  /** Null for the moment before its fetching has begun. */
  readonly id: string | null;
  readonly kind: MediaKind;
  readonly state: MediaState;
  /** Why it has failed, or is still waited for. */
  readonly problem: MediaProblem | null;
  /** As told from its bytes; null before they are there. */
  readonly mime: string | null;
  readonly bytes: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly fileName: string | null;
};

export type LocationDto = {
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
};

export type Attachments = {
  readonly media: readonly MediaDto[];
  readonly location: LocationDto | null;
  /** What was written below a file; null where the body only describes it. */
  readonly caption: string | null;
  /** Of a template that was sent: which one, what filled it, and its buttons. */
  readonly template: SentTemplateDto | null;
};

export type SentTemplateDto = TemplateSend & { readonly buttons: readonly TemplateButton[] };

/** What a message's row says of its files and its place. */
export type AttachmentRow = {
  readonly type: string;
  readonly body: string;
  readonly edited: boolean;
  readonly files: readonly MediaDto[] | null;
  readonly parts: Json | null;
};

const isRecord = (value: Json | null | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A message's files, its place, its caption and its template, for the thread. */
export function describeAttachments({ type, body, edited, files, parts }: AttachmentRow): Attachments {
  const media = files ?? mediaPartsOf({ type, parts }).map(notBegun);
  const captioned = isRecord(parts) && parts.captioned === true;
  return {
    media,
    location: locationOf(parts),
    caption: media.length > 0 && (captioned || edited) ? body : null,
    template: templateOf(parts),
  };
}

const notBegun = ({ kind, fileName }: { kind: MediaKind; fileName: string | null }): MediaDto => ({
  id: null,
  kind,
  state: "waiting",
  problem: null,
  mime: null,
  bytes: null,
  width: null,
  height: null,
  fileName,
});

const MOST_LATITUDE = 90;
const MOST_LONGITUDE = 180;
const isWithin = (degrees: Json | undefined, most: number): degrees is number =>
  typeof degrees === "number" && Math.abs(degrees) <= most;

/** Null for degrees that no place on earth has: its words are shown without a map. */
function locationOf(parts: Json | null): LocationDto | null {
  const place = isRecord(parts) ? parts.location : undefined;
  if (!isRecord(place)) return null;
  const { latitude, longitude, name, address } = place;
  if (!isWithin(latitude, MOST_LATITUDE) || !isWithin(longitude, MOST_LONGITUDE)) return null;
  return { latitude, longitude, name: textOr(name), address: textOr(address) };
}

/** As `sendTemplate` stored it. */
function templateOf(parts: Json | null): SentTemplateDto | null {
  const sent = isRecord(parts) ? parts.template : undefined;
  if (!isRecord(sent)) return null;
  const { name, language, parameters, buttons } = sent as unknown as SentTemplateDto;
  return { name, language, parameters, buttons: buttons ?? [] };
}

const textOr = (value: Json | undefined): string | null =>
  typeof value === "string" && value !== "" ? value : null;
