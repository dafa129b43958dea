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
  /** The garage's own numbers, E.164: none of them can be rung back. */
  readonly ownNumbers: ReadonlySet<string>;
};

/** Reads a number as E.164, or undefined where it cannot be dialled. */
export type ToDialable = (text: string) => string | undefined;

/** Cleans words to stand in one line; undefined where nothing would be seen. */
export type ToLine = (text: string) => string | undefined;

const MAX_NAME = 120;
const MAX_REASON = 500;
const MAX_SPOKEN = 60;
// Reading blocks the process, so that what is read is bounded, and read once.
/** Characters of a transcript: three minutes of talk are a tenth of it. */
const MAX_TRANSCRIPT = 50_000;
const MAX_RECORDS = 100;
const MAX_FIELDS = 1_000;
const MAX_KEY = 60;
const MAX_VALUE = 2_000;

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
 * called from where they gave no other; a number of the garage's own counts as not given. Undefined where there is
 * no number to ring and nothing was said.
 */
export function readCallBack(
  message: TakenMessage,
  toDialable: ToDialable,
  toLine: ToLine,
): CallBackDetails | undefined {
  const { structured: records, transcript, ownNumbers, callerNumber } = message;
  const isForeign = (text: string | undefined): boolean => !ownNumbers.has(dialable(text, toDialable) ?? "");
  const fields = readFields(records, toLine);
  const given = {
    name: pick(fields, NAME_KEYS, MAX_NAME),
    phone: [pick(fields, PHONE_KEYS, MAX_SPOKEN)].find(isForeign),
    reason: pick(fields, REASON_KEYS, MAX_REASON),
  };
  const said = fromTranscript(transcript, isForeign, toLine);
  const structured = given.name ?? given.phone ?? given.reason;
  const heard = said.name ?? said.phone ?? said.reason;
  const phone =
    dialable(given.phone, toDialable) ?? dialable(said.phone, toDialable) ?? [callerNumber].find(isForeign);
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

/** The first usable value of each name, in small letters without separators. */
function readFields(records: TakenMessage["structured"], toLine: ToLine): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const given = records.slice(0, MAX_RECORDS).flatMap((record) => Object.entries(record));
  for (const [key, value] of given.slice(0, MAX_FIELDS)) {
    const name = key
      .slice(0, MAX_KEY)
      .toLowerCase()
      .replace(/[^a-z]/g, "");
    const text =
      typeof value === "number" || typeof value === "string"
        ? (toLine(String(value).slice(0, MAX_VALUE)) ?? "")
        : "";
    if (text !== "" && !NOTHING.test(text) && !fields.has(name)) fields.set(name, text);
  }
  return fields;
}

/** The value under the first of these names that has one. */
const pick = (fields: ReadonlyMap<string, string>, names: readonly string[], max: number) =>
  names
    .map((name) => fields.get(name))
    .find((text) => text !== undefined)
    ?.slice(0, max);

const INTRODUCTION =
  /\b(?:my name is|my name's|the name is|the name's|name is|this is|it's|it is|i am|i'm|speaking to)\s+/gi;
const NOT_A_NAME =
  /^(A|An|The|My|Your|In|On|At|About|Just|Not|Calling|Ringing|Looking|Trying|For|Regarding|Really|Very|OK|Okay|Yes|No|Fine|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$/;

function fromTranscript(
  transcript: string | undefined,
  isForeign: (number: string) => boolean,
  toLine: ToLine,
): { name?: string; phone?: string; reason?: string } {
  const lines = (transcript ?? "")
    .slice(0, MAX_TRANSCRIPT)
    .split("\n")
    .flatMap((line) => /^\s*(?:User|Customer|Caller):\s*(.*)$/i.exec(line)?.[1] ?? []);
  const words = toLine(lines.join(". "));
  if (words === undefined) return {};
  const name = introducedAs(words);
  const phone = lines.flatMap((line) => spokenNumbers(line)).findLast(isForeign);
  return {
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    reason: words.slice(0, MAX_REASON),
  };
}

/** The capitalised words after "my name is", "it's" and the like, at most three. */
function introducedAs(words: string): string | undefined {
  const nextWord = /(\p{Lu}[\p{L}'’-]*)( ?)/uy;
  for (const match of words.matchAll(INTRODUCTION)) {
    const name: string[] = [];
    nextWord.lastIndex = match.index + match[0].length;
    for (let goesOn = true; goesOn && name.length < 3; ) {
      const [, word, blank] = nextWord.exec(words) ?? [];
      if (word === undefined || NOT_A_NAME.test(word)) break;
      name.push(word);
      goesOn = blank === " ";
    }
    if (name.length > 0) return name.join(" ").slice(0, MAX_NAME);
  }
  return undefined;
}
