import { count, type Limit } from "@/lib/db/limiter";
import { tooOften } from "@/lib/shared/errors";

/** What a person does at most, and a program must not exceed. Each is counted for a member, or for a visitor's address. */
export const LIMITS = {
  signUp: { name: "sign-up", times: 10, seconds: 3_600 },
  forgotPassword: { name: "forgot-password", times: 20, seconds: 3_600 },
  /** Looking at a mailed link, or using it: nobody guesses a token, this spares the database. */
  link: { name: "link", times: 60, seconds: 60 },
  question: { name: "question", times: 10, seconds: 60 },
  reply: { name: "reply", times: 30, seconds: 60 },
  /** Pages tell of it every few seconds; notes are written more seldom than replies. */
  typing: { name: "typing", times: 20, seconds: 60 },
  note: { name: "note", times: 30, seconds: 60 },
  /** Done, reopened, set aside, assigned, rung back: a list worked off by keys is two a second for a moment, no more. */
  change: { name: "change", times: 120, seconds: 60 },
  startConversation: { name: "start-conversation", times: 20, seconds: 60 },
  upload: { name: "upload", times: 30, seconds: 60 },
  fetchMedia: { name: "fetch-media", times: 30, seconds: 60 },
  buy: { name: "buy", times: 10, seconds: 60 },
  /** Never counted together with what costs money: nobody is kept from ending that. */
  switchOff: { name: "switch-off", times: 60, seconds: 60 },
  /** What somebody changes of their own account; wrong passwords and codes have limits of their own. */
  ownAccount: { name: "own-account", times: 30, seconds: 60 },
  /** For what makes us ask Stripe, whose own limit all garages share. */
  askStripe: { name: "ask-stripe", times: 30, seconds: 60 },
  /** Meta's own limit is an account's, 200 an hour. */
  askMeta: { name: "ask-meta", times: 10, seconds: 60 },
  /** A page asks for each of its lines, and whoever mends one asks again and again. */
  askProvider: { name: "ask-provider", times: 60, seconds: 60 },
  liveStream: { name: "live-stream", times: 60, seconds: 60 },
} as const satisfies Record<string, Limit>;

/** Counts one more. Throws rate_limited where it is too many. */
export async function countWithin(limit: Limit, key: string): Promise<void> {
  const seconds = await count(limit, key);
  if (seconds > 0) throw tooOften(seconds);
}
