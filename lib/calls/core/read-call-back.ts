import { spokenNumbers } from "./spoken-digits";

/** Whom to ring back, why, and where we have it from. */
export type CallBackDetails = {
  readonly name: string | null;
  /** E.164. */
  readonly phone: string | null;
  /** As the caller said it, where it is no dialable number. */
  readonly phoneAsSpoken: string | null;
  readonly reason: string | null;
  readonly source: "structured_data" | "transcript" | "caller_id";
};

/** What a finished message-taker call left behind. */
export type TakenMessage = {
  readonly structured: readonly Readonly<Record<string, unknown>>[];
  /** Lines that begin with `AI:` or `User:`. */
  readonly transcript: string | undefined;
  readonly summary: string | undefined;
  /** E.164; undefined where it was withheld. */
  readonly callerNumber: string | undefined;
};

/** Reads a number as E.164, or undefined where nobody could dial it. */
export type ToDialable = (text: string) => string | undefined;

const MAX_NAME = 120;
const MAX_REASON = 500;
const MAX_SPOKEN = 60;
/** Characters of a transcript that are read: three minutes of talk are a tenth of it. */
const MAX_TRANSCRIPT = 50_000;

const NAME_KEYS = ["callername", "customername", "fullname", "name", "firstname"];
const PHONE_KEYS = [
  "callbacknumber",
  "callbackphone",
  "phonenumber",
  "callernumber",
  "contactnumber",
  "phone",
  "telephone",
  "number",
  "mobile",
];
const REASON_KEYS = ["reason", "reasonforcall", "callreason", "message", "purpose", "summary"];
const NOTHING =
  /^(n\/?a|none|null|undefined|unknown|not (given|provided|stated|specified|available)|anonymous|withheld|-+|\.+)$/i;

/**
 * The call-back a call asks for: from the provider's analysis, else from what the caller said, and the number they
 * called from where they gave no other. Undefined where there is nobody to ring and nothing was said.
 */
export function readCallBack(message: TakenMessage, toDialable: ToDialable): CallBackDetails | undefined {
  const given = {
    name: pick(message.structured, NAME_KEYS, MAX_NAME),
    phone: pick(message.structured, PHONE_KEYS, MAX_SPOKEN),
    reason: pick(message.structured, REASON_KEYS, MAX_REASON),
  };
  const said = fromTranscript(message.transcript);
  const structured = given.name ?? given.phone ?? given.reason;
  const heard = said.name ?? said.phone ?? said.reason;
  const phone = dialable(given.phone, toDialable) ?? dialable(said.phone, toDialable) ?? message.callerNumber;
  const spoken = given.phone ?? said.phone;
  if (structured === undefined && heard === undefined && phone === undefined) return undefined;
  return {
    name: given.name ?? said.name ?? null,
    phone: phone ?? null,
    phoneAsSpoken: spoken !== undefined && dialable(spoken, toDialable) === undefined ? spoken : null,
    reason: given.reason ?? message.summary?.slice(0, MAX_REASON) ?? said.reason ?? null,
    source: structured !== undefined ? "structured_data" : heard !== undefined ? "transcript" : "caller_id",
  };
}

/** A number written in figures, or spelt out in words. */
function dialable(text: string | undefined, toDialable: ToDialable): string | undefined {
  if (text === undefined) return undefined;
  const words = spokenNumbers(text).at(-1);
  return toDialable(text) ?? (words === undefined ? undefined : toDialable(words));
}

/** The first usable value under any of these names, whatever the capitals and separators. */
function pick(
  records: TakenMessage["structured"],
  names: readonly string[],
  max: number,
): string | undefined {
  for (const name of names) {
    for (const record of records) {
      for (const [key, value] of Object.entries(record)) {
        if (key.toLowerCase().replace(/[^a-z]/g, "") !== name) continue;
        const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
        if (text !== "" && !NOTHING.test(text)) return text.replace(/\s+/g, " ").slice(0, max);
      }
    }
  }
  return undefined;
}

const INTRODUCTION =
  /\b(?:my name is|my name's|the name is|the name's|name is|this is|it's|it is|i am|i'm|speaking to)\s+/gi;
const NOT_A_NAME =
  /^(A|An|The|My|Your|In|On|At|About|Just|Not|Calling|Ringing|Looking|Trying|For|Regarding|Really|Very|OK|Okay|Yes|No|Fine|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$/;
const WORD = /^[\p{Lu}][\p{L}'’-]*/u;

function fromTranscript(transcript: string | undefined): { name?: string; phone?: string; reason?: string } {
  const lines = (transcript ?? "")
    .slice(0, MAX_TRANSCRIPT)
    .split("\n")
    .flatMap((line) => /^\s*(?:User|Customer|Caller):\s*(.*)$/i.exec(line)?.[1] ?? []);
  const words = lines.join(". ").replace(/\s+/g, " ").trim();
  if (words === "") return {};
  const name = introducedAs(words);
  const phone = lines.flatMap((line) => spokenNumbers(line)).at(-1);
  return {
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    reason: words.slice(0, MAX_REASON),
  };
}

/** The capitalised words after "my name is", "it's" and the like. */
function introducedAs(words: string): string | undefined {
  for (const match of words.matchAll(INTRODUCTION)) {
    const name: string[] = [];
    for (const word of words
      .slice(match.index + match[0].length)
      .split(" ")
      .slice(0, 3)) {
      const bare = WORD.exec(word)?.[0];
      if (bare === undefined || NOT_A_NAME.test(bare)) break;
      name.push(bare);
      if (bare !== word) break;
    }
    if (name.length > 0) return name.join(" ").slice(0, MAX_NAME);
  }
  return undefined;
}
