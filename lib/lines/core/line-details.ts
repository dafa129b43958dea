import type { LineReading } from "./reading";

/** One line of what a provider says. */
export type LineDetail = { readonly label: string; readonly value: string };

const LIMITS: Readonly<Record<string, string>> = {
  TIER_50: "50 people a day",
  TIER_250: "250 people a day",
  TIER_1K: "1,000 people a day",
  TIER_2K: "2,000 people a day",
  TIER_10K: "10,000 people a day",
  TIER_100K: "100,000 people a day",
  TIER_UNLIMITED: "No limit",
};

const WORDS: Readonly<Record<string, string>> = {
  GREEN: "High",
  YELLOW: "Medium",
  RED: "Low",
  NA: "Not rated yet",
  UNKNOWN: "Not rated yet",
  CONNECTED: "Registered",
  APPROVED: "approved",
  AVAILABLE_WITHOUT_REVIEW: "approved",
  PENDING_REVIEW: "being reviewed",
  DECLINED: "declined",
  EXPIRED: "approval ended",
  active: "Active",
  activating: "Being activated",
  blocked: "Blocked",
};

/** The provider's word in ours; one that is new as it came, in lower case. */
const inWords = (word: string): string =>
  Object.hasOwn(WORDS, word) ? (WORDS[word] ?? word) : word.toLowerCase().replaceAll("_", " ");

/** What a provider says of a line, for people; empty where it does not have it. */
export function detailsOf(reading: LineReading | undefined): LineDetail[] {
  if (!reading?.exists) return [];
  const goes: LineDetail[] =
    reading.pointing.at === "unknown" ? [] : [{ label: "Delivers to", value: destination(reading) }];
  switch (reading.channel) {
    case "voice":
      return [...detail("Number", reading.status), ...goes];
    case "sms":
      return [
        { label: "Texts", value: reading.capable ? "Can be sent and received" : "Not possible" },
        ...goes,
      ];
    case "whatsapp":
      return [
        ...detail("Registration", reading.status),
        ...name(reading.name, reading.nameStatus),
        ...detail("Quality", reading.quality),
        ...(reading.limit === null
          ? []
          : [{ label: "May write first to", value: LIMITS[reading.limit] ?? inWords(reading.limit) }]),
        ...goes,
      ];
  }
}

const detail = (label: string, word: string | null): LineDetail[] =>
  word === null ? [] : [{ label, value: capitalised(inWords(word)) }];

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function name(shown: string | null, status: string | null): LineDetail[] {
  if (shown === null) return [];
  const said = status === null || status === "NONE" ? "" : `, ${inWords(status)}`;
  return [{ label: "Name", value: `${shown}${said}` }];
}

function destination({ pointing, ...reading }: Extract<LineReading, { exists: true }>): string {
  if (reading.channel === "whatsapp" && reading.subscribed === false) return "Nowhere";
  if (pointing.at === "ours") return "Torqueflow";
  return pointing.at === "nowhere" ? "Nowhere" : (pointing.host ?? "Another system");
}
