import type { CronItem, JobHelpers, TaskList } from "graphile-worker";
import type { Ctx } from "@/lib/auth/context";
import { forgetOldLinks } from "@/lib/auth/forget-old-links";
import { applySubscription } from "@/lib/billing/apply-subscription";
import { chargeTopUp } from "@/lib/billing/charge-top-up";
import { closeTopUpPage } from "@/lib/billing/close-top-up-page";
import { endOpenOrders } from "@/lib/billing/end-open-orders";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { reconcileTopUps } from "@/lib/billing/reconcile-top-ups";
import { syncCustomer } from "@/lib/billing/sync-customer";
import { releaseCallBacks } from "@/lib/calls/call-backs";
import { reconcileCalls } from "@/lib/calls/reconcile-calls";
import { fetchTwilioMedia } from "@/lib/channels/sms/fetch-media";
import { sendSms } from "@/lib/channels/sms/send";
import { voiceProvider } from "@/lib/channels/voice/provider-api";
import { fetchMetaMedia } from "@/lib/channels/whatsapp/fetch-media";
import { listWhatsAppTemplates } from "@/lib/channels/whatsapp/list-templates";
import { sendWhatsApp } from "@/lib/channels/whatsapp/send";
import { uploadToMeta } from "@/lib/channels/whatsapp/upload-media";
import { giveUpUnsettled } from "@/lib/credits/give-up-unsettled";
import { isSilenced } from "@/lib/credits/is-silenced";
import { answerMessage } from "@/lib/inbox/answer-message";
import { fetchMedia, type MediaProviders } from "@/lib/inbox/fetch-media";
import { indexWords } from "@/lib/inbox/index-words";
import { readAllTemplates, readTemplates } from "@/lib/inbox/read-templates";
import { releaseHolds } from "@/lib/inbox/release-holds";
import { removeOldMedia } from "@/lib/inbox/remove-old-media";
import { type Senders, sendMessage } from "@/lib/inbox/send-message";
import { wakeConversation } from "@/lib/inbox/wake-conversation";
import { forgetOldLetters } from "@/lib/mail/forget-old-letters";
import { sendMail } from "@/lib/mail/send-mail";
import { sendPersonalMail } from "@/lib/mail/send-personal-mail";
import { publishLive } from "@/lib/notify/live";
import { enqueue } from "@/lib/queue/enqueue";
import { JOBS, type JobName, type JobPayload } from "@/lib/queue/jobs";
import { reconcileEverything } from "./reconcile-everything";
import { reconcileMessages } from "./reconcile-messages";
import { type Handler, runTask } from "./run-task";
import { settleLeftovers } from "./settle-leftovers";
import { sweepCycles } from "./sweep-cycles";
import { tidyQueues } from "./tidy-queues";
import { warnOfExpiry } from "./warn-of-expiry";
import { watchBalance } from "./watch-balance";

const senders: Senders = { whatsapp: sendWhatsApp, sms: sendSms, handOver: uploadToMeta };
const mediaProviders: MediaProviders = { whatsapp: fetchMetaMedia, sms: fetchTwilioMedia };
/** Stripe itself tries an event again for three days, and knows it for thirty. */
const RECENT_HOURS = 3;
const ALL_HOURS = 30 * 24;

/** What each job does, by name. */
const handlers: { readonly [Name in JobName]: Handler<Name> } = {
  "watch-balance": (ctx, { orgId }) => watchBalance(ctx, orgId),
  "answer-message": answerMessage,
  "send-message": sendOnce,
  "fetch-media": fetchOnce,
  "release-holds": async (ctx, left) => {
    await releaseHolds(ctx, left);
    await releaseCallBacks(ctx, left);
  },
  "wake-conversation": wakeConversation,
  "sync-customer": (ctx, { customerId }) => syncCustomer(ctx, customerId),
  "read-subscription": (ctx, { subscriptionId }) => applySubscription(ctx, subscriptionId),
  "end-open-orders": endOpenOrders,
  "send-mail": sendMailOnce,
  "send-personal-mail": sendPersonalMailOnce,
  "charge-top-up": chargeTopUp,
  "close-top-up-page": closeTopUpPage,
  "look-at-top-up": (ctx, { orgId }) => watchBalance(ctx, orgId),
  "tell-subscription": async (_ctx, { orgId }) => publishLive({ type: "subscription/changed", orgId }),
  "read-templates": (ctx, { accountId }) => readTemplates(ctx, listWhatsAppTemplates, accountId),
  "refresh-templates": (ctx) => readAllTemplates(ctx, listWhatsAppTemplates),
  "sweep-cycles": sweepCycles,
  "index-words": indexWords,
  "reconcile-calls": (ctx) => reconcileCalls(ctx, voiceProvider),
  "reconcile-messages": reconcileMessages,
  "reconcile-payments": async (ctx) => {
    await reconcilePayments(ctx, { hours: RECENT_HOURS });
    await reconcileTopUps(ctx);
  },
  "settle-leftovers": settleLeftovers,
  "warn-of-expiry": warnOfExpiry,
  "remove-old-media": removeOldMedia,
  "forget-links-and-letters": async (ctx) => {
    await forgetOldLinks(ctx);
    await forgetOldLetters(ctx);
  },
  "tidy-queues": tidyQueues,
  "reconcile-everything": async (ctx) => {
    await reconcileEverything(ctx);
    await giveUpUnsettled(ctx);
    await reconcilePayments(ctx, { hours: ALL_HOURS });
    await reconcileTopUps(ctx);
  },
};

const names = Object.keys(JOBS) as JobName[];

const taskOf = <Name extends JobName>(name: Name) => runTask(name, handlers[name]);

/** The handlers as the worker takes them. */
export const tasks: TaskList = Object.fromEntries(names.map((name) => [name, taskOf(name)]));

/** What the clock starts, as the worker takes it. */
export const schedule: CronItem[] = names.flatMap((name) => {
  const { schedule: times, plan } = JOBS[name];
  if (!times) return [];
  const { key, attempts } = plan({});
  const backfill = times.backfillMs === undefined ? {} : { backfillPeriod: times.backfillMs };
  return [{ task: name, match: times.match, options: { jobKey: key, maxAttempts: attempts, ...backfill } }];
});

/** One attempt. The provider's own pace decides when a message is tried again, not the queue's. */
async function sendOnce(ctx: Ctx, job: JobPayload<"send-message">, helpers: JobHelpers): Promise<void> {
  const lastAttempt = job.attempt >= JOBS["send-message"].attempts;
  const again = await sendMessage(ctx, senders, { ...job, lastAttempt });
  if (!again) return;
  const runAt = new Date(ctx.now().getTime() + again.afterMs);
  await helpers.withPgClient((tx) =>
    enqueue(tx, "send-message", { ...job, attempt: job.attempt + 1 }, { runAt }),
  );
}

/** One attempt. When a file is asked for again is decided by how long its provider keeps it. */
async function fetchOnce(ctx: Ctx, job: JobPayload<"fetch-media">, helpers: JobHelpers): Promise<void> {
  const again = await fetchMedia(ctx, mediaProviders, job);
  if (!again) return;
  await helpers.withPgClient((tx) =>
    enqueue(tx, "fetch-media", { ...job, attempt: job.attempt + 1 }, { runAt: again.at }),
  );
}

/** One attempt. When a mail is tried again is decided by the mail's own rule, not by the queue. */
async function sendMailOnce(ctx: Ctx, job: JobPayload<"send-mail">, helpers: JobHelpers): Promise<void> {
  const runAt = await sendMail(ctx, job, (orgId) => isSilenced(ctx, orgId));
  if (runAt) await helpers.withPgClient((tx) => enqueue(tx, "send-mail", job, { runAt }));
}

/** The same for a letter to one person. */
async function sendPersonalMailOnce(
  ctx: Ctx,
  job: JobPayload<"send-personal-mail">,
  helpers: JobHelpers,
): Promise<void> {
  const runAt = await sendPersonalMail(ctx, job);
  if (runAt) await helpers.withPgClient((tx) => enqueue(tx, "send-personal-mail", job, { runAt }));
}
