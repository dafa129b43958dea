import { type LineProblem, problem, type Severity, SUPPORT, unknownWord } from "./line-problem";
import type { WhatsAppReading } from "./reading";

type Row = readonly [severity: Severity, what: string, next: string, by?: LineProblem["by"]];

/** By what Meta says; null: that is well. Source: Meta, "WhatsApp Business Phone Number" (`status`) */
const STATUS: Readonly<Record<string, Row | null>> = {
  CONNECTED: null,
  PENDING: ["stops", "This number is not registered with WhatsApp yet.", `${SUPPORT} They register it.`],
  UNVERIFIED: [
    "stops",
    "WhatsApp has not verified this number.",
    `${SUPPORT} They verify it with a code that is sent to it.`,
  ],
  DISCONNECTED: [
    "stops",
    "This number is no longer registered with WhatsApp.",
    `${SUPPORT} They register it again.`,
  ],
  MIGRATED: ["stops", "This number was moved to another WhatsApp account.", SUPPORT],
  DELETED: ["stops", "This number was removed from WhatsApp.", SUPPORT],
  BANNED: [
    "stops",
    "WhatsApp has banned this number for breaking its rules.",
    `${SUPPORT} They can ask for a review.`,
  ],
  RESTRICTED: [
    "limits",
    "WhatsApp has restricted this number: you can answer customers, and write to nobody first.",
    "Wait until the restriction ends, and send fewer templates that customers did not ask for.",
    "garage",
  ],
  FLAGGED: [
    "limits",
    "WhatsApp has flagged this number: its quality is low, and it may be restricted within a week.",
    "Send only templates that customers expect, such as “your car is ready”.",
    "garage",
  ],
  RATE_LIMITED: [
    "limits",
    "This number has reached WhatsApp’s limit of messages.",
    "Templates go again within 24 hours. Replies to customers who have written are not limited.",
    "garage",
  ],
  UNKNOWN: null,
};

/** Source: the same, `quality_rating` */
const QUALITY: Readonly<Record<string, Row | null>> = {
  GREEN: null,
  UNKNOWN: null,
  NA: null,
  YELLOW: [
    "limits",
    "WhatsApp rates this number’s quality as medium: some customers have blocked or reported it.",
    "Send only templates that customers expect, and stop those that they report.",
    "garage",
  ],
  RED: [
    "limits",
    "WhatsApp rates this number’s quality as low: many customers have blocked or reported it.",
    "Stop marketing templates for a week, and send only what customers expect. If it stays low, WhatsApp lowers how many people you may write to.",
    "garage",
  ],
};

/** Source: the same, `name_status` */
const NAME: Readonly<Record<string, Row | null>> = {
  APPROVED: null,
  AVAILABLE_WITHOUT_REVIEW: null,
  NONE: null,
  PENDING_REVIEW: [
    "limits",
    "WhatsApp is still reviewing the name that customers see.",
    "Nothing to do: it takes up to three days.",
    "garage",
  ],
  DECLINED: [
    "limits",
    "WhatsApp has declined the name that customers see.",
    "Tell Torqueflow’s support which name to ask for: it must be your garage’s own.",
    "support",
  ],
  EXPIRED: ["limits", "The approval of the name that customers see has ended.", SUPPORT],
};

/** Source: the same, `code_verification_status`. A number that is connected may well be no longer verified. */
const VERIFICATION: Readonly<Record<string, Row | null>> = {
  VERIFIED: null,
  NOT_VERIFIED: [
    "stops",
    "WhatsApp has not verified this number.",
    `${SUPPORT} They verify it with a code that is sent to it.`,
  ],
  EXPIRED: null,
};

/** What is wrong with a WhatsApp number by what Meta says of it. */
export function whatsAppProblems(connected: boolean, reading: WhatsAppReading): LineProblem[] {
  const { status, quality, nameStatus, verification, subscribed } = reading;
  // A number that is connected works, whatever became of the code that once verified it.
  const codeCounts = status !== "CONNECTED" && status !== "UNVERIFIED";
  const found = [
    ...fromTable("status", "state", STATUS, status),
    ...(codeCounts ? fromTable("verification", "verification", VERIFICATION, verification) : []),
    ...fromTable("quality", "quality", QUALITY, quality),
    ...fromTable("name", "name", NAME, nameStatus),
  ];
  if (connected && subscribed === false)
    found.push(
      problem(
        "not-subscribed",
        "stops",
        "WhatsApp does not send this number’s messages to Torqueflow.",
        "Press Connect again: Torqueflow asks WhatsApp for them.",
        "button",
      ),
    );
  return found;
}

function fromTable(
  code: string,
  of: string,
  table: Readonly<Record<string, Row | null>>,
  word: string | null,
): LineProblem[] {
  if (word === null) return [];
  const row = Object.hasOwn(table, word) ? table[word] : undefined;
  if (row === undefined) return [unknownWord("WhatsApp", of, word)];
  if (row === null) return [];
  const [severity, what, next, by] = row;
  return [problem(`${code}-${word.toLowerCase().replaceAll("_", "-")}`, severity, what, next, by)];
}
