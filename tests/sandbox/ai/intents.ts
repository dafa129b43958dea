/** The intents which the application tells apart. */
export const INTENTS = [
  "status_inquiry",
  "booking_request",
  "quote_question",
  "general_question",
  "escalation_request",
  "continuation",
  "spam",
  "unknown",
] as const;

export type Intent = (typeof INTENTS)[number];

export interface Classified {
  intent: Intent;
  confidence: number;
}

/** In this order: what comes first wins where several fit. */
const RULES: readonly (readonly [Intent, RegExp])[] = [
  [
    "spam",
    /\b(crypto|bitcoin|lottery|viagra|casino|prize|seo services|guest post|click (this|the) link|investment opportunity|backlinks?)\b/i,
  ],
  [
    "escalation_request",
    /\b(speak|talk) (to|with) (a |an |the |some)?(human|person|manager|someone|somebody|staff|real)|\b(complaint|complain|manager|solicitor|refund|unacceptable|disgusted|human being)\b/i,
  ],
  [
    "status_inquiry",
    /\b(status|any (news|update)|update on|is (it|my \w+|the \w+) (ready|done|finished)|ready (yet|to collect|for collection)|how('s| is) (my|the) \w+ (getting|coming|doing)|still waiting|when can i (collect|pick))/i,
  ],
  ["quote_question", /\b(how much|price|cost|quote|estimate|charge for|£)/i],
  [
    "booking_request",
    /\b(book|booking|appointment|slot|fit me in|bring (it|the car|my car) in|drop (it|the car|my car) (in|off)|reschedule|move my)\b/i,
  ],
  [
    "continuation",
    /^(yes|yep|yeah|no|nope|ok(ay)?|sure|thanks?( you)?|cheers|great|perfect|that('s| is) (fine|great|ok)|sounds good|please do|tomorrow( is fine)?|(mon|tues|wednes|thurs|fri|satur)day( please)?)[\s.!,]*(thanks?|please|thank you)?[\s.!]*$/i,
  ],
  [
    "general_question",
    /\?|\b(do you|are you|can you|where|when|what|which|opening|open|hours|address|parking|warranty|accept)\b/i,
  ],
];

const ONE_RULE = 0.95;
const SEVERAL_RULES = 0.85;
const GENERAL = 0.8;
const NONE = 0.3;

/** Classifies by keywords: the same words always give the same intent and confidence. */
export function classify(words: string): Classified {
  const fitting = RULES.filter(([, pattern]) => pattern.test(words)).map(([intent]) => intent);
  const [intent] = fitting;
  if (!intent) return { intent: "unknown", confidence: NONE };
  if (intent === "general_question") return { intent, confidence: GENERAL };
  // A question mark alone does not make another intent doubtful.
  const rivals = fitting.filter((other) => other !== "general_question");
  return { intent, confidence: rivals.length > 1 ? SEVERAL_RULES : ONE_RULE };
}
