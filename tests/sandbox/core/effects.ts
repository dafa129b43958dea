import { z } from "zod";
import { PROVIDERS, type ProviderName } from "./providers";

const ms = z.number().int().min(0).max(600_000);
const kind = <K extends string>(name: K) => z.strictObject({ kind: z.literal(name) });

/** What may happen to a request of the application. */
const requestEffects = [
  kind("latency").extend({ ms }),
  kind("timeout"),
  kind("hang-up"),
  kind("http").extend({
    status: z.number().int().min(200).max(599),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
] as const;

/** The provider's own error with its own body; `code` is its number (131047, 21610), SMTP's (451), for Stripe the status. */
const errorEffect = kind("error").extend({
  code: z.number().int(),
  details: z.string().optional(),
  /** Stripe repeats it for the idempotency key, as it does with what failed once it had begun. */
  kept: z.boolean().optional(),
});
/** Accepted, and failed later by a status. Twilio knows `undelivered` besides `failed`. */
const failedStatusEffect = kind("failed-status").extend({
  code: z.number().int(),
  status: z.enum(["failed", "undelivered"]).optional(),
});
/** Where the statuses of an accepted message end: `sent` stays at one tick (the phone is off). */
const stopsAtEffect = kind("stops-at").extend({ status: z.enum(["sent", "delivered"]) });

/** What Meta says of a file is wrong, or the file is: an address of somebody else's, another checksum, far too many bytes. */
const faultyEffect = kind("faulty").extend({
  fault: z.enum(["expired", "other-host", "mismatch", "oversize", "truncated"]),
});

/** Carried out, but the caller never hears of it: the connection closes, or a server error (`status`) hides it. */
const lostAnswerEffect = kind("lost-answer").extend({
  status: z.number().int().min(500).max(599).optional(),
});

/** Carried out at once, answered late with what was true then: after `ms`, or when the control API lets go. */
const lateAnswerEffect = kind("late-answer").extend({ ms: ms.optional() });

const aiEffects = [
  kind("refusal"),
  kind("malformed"),
  kind("malformed-content"),
  kind("content-filter"),
  kind("empty"),
  kind("cut"),
  kind("reply").extend({ text: z.string().optional(), json: z.unknown().optional() }),
] as const;

/** What may happen to a delivery of a provider to the application. */
const deliveryEffects = [
  kind("delay").extend({ ms }),
  kind("duplicate").extend({ copies: z.number().int().min(1).max(20).default(1) }),
  kind("drop"),
  /** Waits until a flush. */
  kind("hold"),
  /** Lets the next delivery of its kind of lane (message, call, sender) go first. */
  kind("reorder"),
  /** Signed with a wrong secret. */
  kind("forge"),
] as const;

const effect = z.discriminatedUnion("kind", [
  ...requestEffects,
  errorEffect,
  failedStatusEffect,
  stopsAtEffect,
  faultyEffect,
  lostAnswerEffect,
  lateAnswerEffect,
  ...aiEffects,
  ...deliveryEffects,
]);

export type Effect = z.output<typeof effect>;
export type EffectKind = Effect["kind"];
export type EffectOf<K extends EffectKind> = Extract<Effect, { kind: K }>;

const REQUEST: readonly EffectKind[] = ["latency", "timeout", "hang-up", "http"];
const DELIVERY: readonly EffectKind[] = ["delay", "duplicate", "drop", "hold", "reorder", "forge"];
const SEND: readonly EffectKind[] = [...REQUEST, "error", "failed-status", "stops-at"];
const AI: readonly EffectKind[] = [
  ...REQUEST,
  "refusal",
  "malformed",
  "malformed-content",
  "content-filter",
  "empty",
  "cut",
  "reply",
];

/** What can be scripted where. Anything else is refused, so that a misspelt behaviour is not silently without effect. */
export const SCRIPTABLE: Readonly<Record<ProviderName, Readonly<Record<string, readonly EffectKind[]>>>> = {
  meta: {
    send: SEND,
    media: [...REQUEST, "error", "faulty"],
    download: [...REQUEST, "faulty"],
    upload: [...REQUEST, "error"],
    templates: [...REQUEST, "error"],
    number: [...REQUEST, "error"],
    delivery: DELIVERY,
  },
  twilio: {
    send: SEND,
    list: [...REQUEST, "error"],
    number: [...REQUEST, "error"],
    media: REQUEST,
    delivery: DELIVERY,
  },
  ai: { complete: AI, models: REQUEST },
  vapi: { rest: REQUEST, number: REQUEST, delivery: DELIVERY },
  stripe: { rest: [...REQUEST, "error", "lost-answer", "late-answer"], delivery: DELIVERY },
  smtp: { message: ["latency", "error", "lost-answer"] },
};

export const behaviourInput = z
  .strictObject({
    provider: z.enum(PROVIDERS),
    on: z.string(),
    /** Every given label has to be equal; see the labels in `README.md`. */
    match: z.record(z.string(), z.string()).default({}),
    /** How often; null until it is removed. */
    times: z.number().int().min(1).max(1_000_000).nullable().default(1),
    effect,
  })
  .superRefine(({ provider, on, effect: { kind: name } }, context) => {
    const allowed = SCRIPTABLE[provider][on];
    const places = Object.keys(SCRIPTABLE[provider]).join(", ");
    if (!allowed) context.addIssue(`${provider} knows: ${places}`);
    else if (!allowed.includes(name)) context.addIssue(`${provider} ${on} knows: ${allowed.join(", ")}`);
  });

export type BehaviourInput = z.input<typeof behaviourInput>;
