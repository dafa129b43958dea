import type { MediaDto, MessageDto } from "@/lib/inbox/client";
import { formatMoment } from "@/lib/shared/format";

const KIND: Readonly<Record<MediaDto["kind"], string>> = {
  image: "Picture",
  video: "Video",
  audio: "Voice message",
  document: "Document",
  sticker: "Sticker",
};

/** Whose file it is and when it came, for those who do not see it. */
export const mediaTitle = (
  { kind, fileName }: Pick<MediaDto, "kind" | "fileName">,
  { author, at }: Pick<MessageDto, "author" | "at">,
  now: Date,
): string =>
  `${kind === "document" && fileName ? fileName : KIND[kind]} from ${author === "customer" ? "the customer" : "your team"}, ${formatMoment(at, now)}`;

/** What is said in a file's place while it is not there; null where it is. */
export function absence({
  kind,
  state,
  problem,
}: Pick<MediaDto, "kind" | "state" | "problem">): string | null {
  switch (state) {
    case "stored":
      return null;
    case "waiting":
      return problem === null ? "Fetching…" : "Not handed over yet. We keep trying.";
    case "expired":
      return "This file has expired at WhatsApp";
    case "removed":
      return "Removed because of its age";
    case "failed":
      if (problem === "too-large") return "Too large to be kept";
      return problem === "damaged"
        ? "It arrived damaged"
        : `This ${KIND[kind].toLowerCase()} could not be fetched`;
  }
}

/** Whether asking for it once more may bring it. */
export const canFetchAgain = ({ id, state, problem }: MediaDto): boolean =>
  id !== null && (state === "failed" ? problem !== "too-large" : state === "waiting" && problem !== null);

const KIB = 1024;

/** "840 kB", "3.4 MB": as file managers say it. */
export function fileSize(bytes: number): string {
  if (bytes < KIB * KIB) return `${Math.max(1, Math.round(bytes / KIB))} kB`;
  return `${(bytes / KIB / KIB).toFixed(1)} MB`;
}
