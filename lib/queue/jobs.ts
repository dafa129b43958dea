import { z } from "zod";

/** How a job stands in the queue: everything but its name. */
export type JobPlan = {
  readonly payload: unknown;
  /** A job that waits under the same key is replaced: several requests become one. */
  readonly key: string;
  /** Jobs of one queue run one after the other; null: beside all others. */
  readonly queue: string | null;
  readonly attempts: number;
};

export type Schedule = {
  /** A cron expression, in UTC. */
  readonly match: string;
  /** A run that no worker was there for is made up within so many milliseconds; without it, it is left out. */
  readonly backfillMs?: number;
};

/** The job queue's own default: some three days of attempts, later each time. */
const PERSISTENT = 25;

function job<Payload extends z.ZodType>(definition: {
  readonly payload: Payload;
  readonly key: (payload: z.output<Payload>) => string;
  readonly queue?: (payload: z.output<Payload>) => string;
  readonly attempts: number;
}) {
  return {
    ...definition,
    schedule: undefined,
    /** Throws where the payload is not the job's. */
    plan(input: unknown): JobPlan {
      const payload = definition.payload.parse(input);
      const queue = definition.queue?.(payload) ?? null;
      return { payload, key: definition.key(payload), queue, attempts: definition.attempts };
    },
  };
}

/** A job that the clock starts. Its name is its key, so that two runs never wait together; a failed run waits for the next. */
function scheduled(name: string, match: string, options: Omit<Schedule, "match"> = {}) {
  const definition = job({ payload: z.object({}), key: () => name, attempts: 1 });
  return { ...definition, schedule: { match, ...options } satisfies Schedule };
}

const orgId = z.uuid();
const messageId = z.uuid();
const conversationId = z.uuid();

/**
 * Every job there is: its name, its payload, when it runs and how often it is tried. SQL functions that
 * add jobs are held to this table by a test.
 */
export const JOBS = {
  "watch-balance": job({
    payload: z.object({ orgId }),
    key: (payload) => `watch-balance:${payload.orgId}`,
    attempts: PERSISTENT,
  }),
  "answer-message": job({
    payload: z.object({ orgId, conversationId, messageId }),
    key: (payload) => `answer-message:${payload.messageId}`,
    queue: (payload) => `answer:${payload.conversationId}`,
    attempts: 5,
  }),
  "send-message": job({
    payload: z.object({
      orgId,
      conversationId,
      messageId,
      /** Counted here: each attempt is a job of its own, at the provider's pace. */
      attempt: z.number().int().positive().default(1),
    }),
    key: (payload) => `send-message:${payload.messageId}`,
    queue: (payload) => `send:${payload.conversationId}`,
    attempts: 8,
  }),
  "fetch-media": job({
    payload: z.object({
      orgId,
      messageId,
      /** Counted here: each attempt is a job of its own, later each time. */
      attempt: z.number().int().positive().default(1),
    }),
    key: (payload) => `fetch-media:${payload.messageId}`,
    // Two lanes for all garages: a provider that is slow occupies two of the worker's jobs at most.
    queue: (payload) => `fetch-media:${Number.parseInt(payload.orgId.slice(-1), 16) % 2}`,
    attempts: PERSISTENT,
  }),
  "release-holds": job({
    payload: z.object({ orgId, userId: z.uuid() }),
    key: (payload) => `release-holds:${payload.orgId}:${payload.userId}`,
    attempts: PERSISTENT,
  }),
  "wake-conversation": job({
    payload: z.object({ orgId, conversationId }),
    key: (payload) => `wake-conversation:${payload.conversationId}`,
    attempts: PERSISTENT,
  }),
  "sync-customer": job({
    payload: z.object({ customerId: z.string().min(1) }),
    key: (payload) => `sync-customer:${payload.customerId}`,
    attempts: PERSISTENT,
  }),
  "read-subscription": job({
    payload: z.object({ subscriptionId: z.string().min(1) }),
    key: (payload) => `read-subscription:${payload.subscriptionId}`,
    // One after the other: a new plan has every subscription read, and Stripe limits its callers.
    queue: () => "read-subscriptions",
    attempts: PERSISTENT,
  }),
  "end-open-orders": job({
    payload: z.object({ orgId }),
    key: (payload) => `end-open-orders:${payload.orgId}`,
    attempts: PERSISTENT,
  }),
  "send-mail": job({
    payload: z.object({ orgId, mailId: z.uuid() }),
    key: (payload) => `send-mail:${payload.mailId}`,
    // One after the other: a mail server that is slow or away occupies one of the worker's jobs at most.
    queue: () => "mail",
    attempts: PERSISTENT,
  }),
  "send-personal-mail": job({
    payload: z.object({ mailId: z.uuid() }),
    key: (payload) => `send-personal-mail:${payload.mailId}`,
    // Somebody waits for it: a thousand warnings of credits do not come first.
    queue: () => "personal-mail",
    attempts: PERSISTENT,
  }),
  "charge-top-up": job({
    payload: z.object({ orgId, attemptId: z.uuid() }),
    key: (payload) => `charge-top-up:${payload.attemptId}`,
    attempts: PERSISTENT,
  }),
  /** The cardholder's page at Stripe, whose link has ended. */
  "close-top-up-page": job({
    payload: z.object({ orgId, attemptId: z.uuid() }),
    key: (payload) => `close-top-up-page:${payload.attemptId}`,
    attempts: PERSISTENT,
  }),
  /** When a rest, a link or a month is over. */
  "look-at-top-up": job({
    payload: z.object({ orgId }),
    key: (payload) => `look-at-top-up:${payload.orgId}`,
    attempts: PERSISTENT,
  }),
  "tell-subscription": job({
    payload: z.object({ orgId }),
    key: (payload) => `tell-subscription:${payload.orgId}`,
    attempts: 3,
  }),
  /** A business account's WhatsApp templates, when Meta says that one is another now. */
  "read-templates": job({
    payload: z.object({ accountId: z.string().min(1) }),
    key: (payload) => `read-templates:${payload.accountId}`,
    attempts: 3,
  }),
  "refresh-templates": scheduled("refresh-templates", "23 * * * *"),
  "sweep-cycles": scheduled("sweep-cycles", "* * * * *"),
  "index-words": scheduled("index-words", "* * * * *"),
  "reconcile-calls": scheduled("reconcile-calls", "*/5 * * * *"),
  "reconcile-messages": scheduled("reconcile-messages", "*/10 * * * *"),
  "reconcile-payments": scheduled("reconcile-payments", "*/5 * * * *"),
  "settle-leftovers": scheduled("settle-leftovers", "*/15 * * * *"),
  "warn-of-expiry": scheduled("warn-of-expiry", "*/15 * * * *"),
  "remove-old-media": scheduled("remove-old-media", "37 * * * *"),
  "forget-links-and-letters": scheduled("forget-links-and-letters", "41 * * * *"),
  "tidy-queues": scheduled("tidy-queues", "47 * * * *"),
  "reconcile-everything": scheduled("reconcile-everything", "17 3 * * *", { backfillMs: 86_400_000 }),
};

export type JobName = keyof typeof JOBS;

/** A job's payload, as it is given to `enqueue`. */
export type JobInput<Name extends JobName> = z.input<(typeof JOBS)[Name]["payload"]>;

/** A job's payload, parsed, as its handler gets it. */
export type JobPayload<Name extends JobName> = z.output<(typeof JOBS)[Name]["payload"]>;

/** Reads what was stored for a job. Throws where it is not the job's. */
export function readPayload<Name extends JobName>(name: Name, stored: unknown): JobPayload<Name> {
  return JOBS[name].payload.parse(stored) as JobPayload<Name>;
}
