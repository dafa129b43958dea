const VERBS = "Liked|Loved|Disliked|Laughed at|Emphasi[sz]ed|Questioned|Reacted .{1,20}? to";
/** As phones in other languages put it, as far as it is known. Each stands before the quoted words alone. */
const FOREIGN = [
  "A (?:aimé|adoré|souligné|questionné)|N[’']a pas aimé|A ri (?:à|de)|A réagi avec .{1,20}? à", // French
  "Gefällt|Gefällt nicht|Mag|Liebt|Lacht über|Betont|Hinterfragt", // German
  "(?:No )?[Ll]e (?:ha )?(?:gust(?:ó|ado)|encant(?:ó|ado))|Se (?:rio|rió) de|Enfatizó|Cuestionó", // Spanish
  'Piace|Ha (?:adorato|enfatizato)|Ha messo [“"«]?Mi piace[”"»]? a', // Italian
  "Gostou de|Não gostou de|Amou|Adorou|Riu de|Enfatizou|Questionou", // Portuguese
  "Polubiono|Uwielbiono|Nie polubiono|Wyśmiano|Podkreślono|Zakwestionowano", // Polish
  "I-a plăcut|A apreciat|A adorat", // Romanian
].join("|");
const REMOVED = "Removed (?:an? |the )?.{1,30}? from";
const THINGS =
  "image|photo|picture|movie|video|attachment|audio message|voice message|sticker|location|contact|file";

/** Quoted words: curly, straight, double, single or as other languages have it. */
const QUOTED = "(?:[“\"„«].*[”\"“»]|[‘'‚‹].*[’'‘›])";

/** The whole text: what was done, and to which words or thing. */
const APPLE = new RegExp(
  `^(?:(?:${VERBS}|${REMOVED}|${FOREIGN}) ${QUOTED}|(?:${VERBS}|${REMOVED}) (?:an?|the) (?:${THINGS}))$`,
  "su",
);

/** Google's Messages writes the sign first, with spaces and marks of no width around it. */
const GOOGLE = new RegExp(
  `^(?:Removed )?\\p{Extended_Pictographic}[^\\p{L}\\p{N}]{0,12}(?:to|from) ${QUOTED}$`,
  "su",
);

/** Invisible, and put around signs and quotes by phones. */
const MARKS = /\p{Default_Ignorable_Code_Point}|\u200A/gu;

/**
 * Whether a text is how a phone without RCS or iMessage tells of a reaction to one of ours: "Liked “Your van is done”",
 * "Reacted 👍 to “…”". It asks nothing. Seen from Apple's Messages and Google's.
 */
export function isReactionText(body: string): boolean {
  const text = body.replace(MARKS, "").trim();
  return APPLE.test(text) || GOOGLE.test(text);
}
