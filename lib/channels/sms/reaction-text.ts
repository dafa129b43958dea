const VERBS = "Liked|Loved|Disliked|Laughed at|Emphasi[sz]ed|Questioned|Reacted .{1,20}? to";
const REMOVED = "Removed (?:an? |the )?.{1,30}? from";
const THINGS =
  "image|photo|picture|movie|video|attachment|audio message|voice message|sticker|location|contact|file";

/** The whole text: what was done, and to which words or thing. Quotes come curly or straight. */
const APPLE = new RegExp(`^(?:${VERBS}|${REMOVED}) (?:[“"].*[”"]|(?:an?|the) (?:${THINGS}))$`, "su");

/** Google's Messages writes the sign first, with spaces and marks of no width around it. */
const GOOGLE = /^(?:Removed )?\p{Extended_Pictographic}[^\p{L}\p{N}]{0,12}(?:to|from) [“"].*[”"]$/su;

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
