import type { CronItem, JobHelpers, TaskList } from "graphile-worker";
import { z } from "zod";
import { systemContext } from "@/lib/auth/context";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { syncCustomer } from "@/lib/billing/sync-customer";
import { reconcileCalls } from "@/lib/calls/reconcile-calls";
import { sendSms } from "@/lib/channels/sms/send";
import { sendWhatsApp } from "@/lib/channels/whatsapp/send";
import { announceThresholds } from "@/lib/credits/announce-thresholds";
import { answerMessage } from "@/lib/inbox/answer-message";
import { type Senders, sendMessage } from "@/lib/inbox/send-message";
import { reconcileEverything } from "./reconcile-everything";
import { reconcileMessages } from "./reconcile-messages";
import { settleLeftovers } from "./settle-leftovers";
import { sweepCycles } from "./sweep-cycles";

const organisation = z.object({ orgId: z.uuid() });
const inbound = z.object({ orgId: z.uuid(), messageId: z.uuid() });
const outbound = inbound.extend({
  conversationId: z.uuid(),
  attempt: z.number().int().positive().default(1),
});

const customer = z.object({ customerId: z.string().min(1) });

const senders: Senders = { whatsapp: sendWhatsApp, sms: sendSms };
const MAX_SENDS = 8;
/** Stripe itself tries an event again for three days, and knows it for thirty. */
const RECENT_HOURS = 3;
const ALL_HOURS = 30 * 24;

/** Every job by name. One file a task where it is more than a verb. */
export const tasks: TaskList = {
  "watch-balance": async (payload) => {
    await announceThresholds(systemContext("watch-balance"), organisation.parse(payload).orgId);
  },
  "answer-message": async (payload) => {
    await answerMessage(systemContext("answer-message"), inbound.parse(payload));
  },
  "send-message": async (payload, helpers) => {
    const job = outbound.parse(payload);
    const lastAttempt = job.attempt >= MAX_SENDS;
    const again = await sendMessage(systemContext("send-message"), senders, { ...job, lastAttempt });
    if (again) await sendLater(helpers, { ...job, attempt: job.attempt + 1 }, again.afterMs);
  },
  "sync-customer": async (payload) => {
    await syncCustomer(systemContext("sync-customer"), customer.parse(payload).customerId);
  },
  "sweep-cycles": async () => {
    await sweepCycles(systemContext("sweep-cycles"));
  },
  "reconcile-calls": async () => {
    await reconcileCalls(systemContext("reconcile-calls"));
  },
  "reconcile-messages": async () => {
    await reconcileMessages(systemContext("reconcile-messages"));
  },
  "reconcile-payments": async () => {
    await reconcilePayments(systemContext("reconcile-payments"), { hours: RECENT_HOURS });
  },
  "settle-leftovers": async () => {
    await settleLeftovers(systemContext("settle-leftovers"));
  },
  "reconcile-everything": async () => {
    await reconcileEverything(systemContext("reconcile-everything"));
    await reconcilePayments(systemContext("reconcile-payments"), { hours: ALL_HOURS });
  },
};

/** UTC. A job key keeps two runs of one job from standing in the queue together. */
export const schedule: CronItem[] = [
  cron("sweep-cycles", "* * * * *"),
  cron("reconcile-calls", "*/5 * * * *"),
  cron("reconcile-messages", "*/10 * * * *"),
  cron("reconcile-payments", "*/5 * * * *"),
  cron("settle-leftovers", "*/15 * * * *"),
  {
    ...cron("reconcile-everything", "17 3 * * *"),
    options: { backfillPeriod: 86_400_000, jobKey: "reconcile-everything" },
  },
];

function cron(task: string, match: string): CronItem {
  return { task, match, options: { maxAttempts: 1, jobKey: task } };
}

/** The provider's own pace decides when a message is tried again, not the queue's. */
async function sendLater(
  helpers: JobHelpers,
  job: z.output<typeof outbound>,
  afterMs: number,
): Promise<void> {
  const { key } = helpers.job;
  await helpers.addJob("send-message", job, {
    runAt: new Date(Date.now() + afterMs),
    queueName: `send:${job.conversationId}`,
    maxAttempts: MAX_SENDS,
    ...(key ? { jobKey: key } : {}),
  });
}
