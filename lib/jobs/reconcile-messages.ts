import type { Ctx } from "@/lib/auth/context";
import { askTwilio } from "@/lib/channels/sms/ask-fate";
import { type FetchedMissed, fetchMissedSms } from "@/lib/channels/sms/fetch-missed";
import { askMeta } from "@/lib/channels/whatsapp/ask-fate";
import { type FinishedSends, finishSends } from "@/lib/inbox/finish-sends";
import { metrics } from "@/lib/shared/metrics";

export type MessageReconciliation = {
  readonly inboundSms: FetchedMissed;
  readonly outboundSms: FinishedSends;
  readonly outboundWhatsApp: FinishedSends;
};

/**
 * Finds what was missed: texts that Twilio has and we do not, sends without a final status, and WhatsApp messages cut off
 * in mid-send. Nothing is fetched from Meta: it has no API for missed webhooks and delivers them again by itself.
 */
export async function reconcileMessages(ctx: Ctx): Promise<MessageReconciliation> {
  const inboundSms = await fetchMissedSms(ctx);
  const outboundSms = await finishSends(ctx, "sms", ["sending", "sent"], askTwilio(ctx));
  const outboundWhatsApp = await finishSends(ctx, "whatsapp", ["sending"], askMeta);
  countOutcomes("sms", { found: inboundSms.found, ...outboundSms });
  countOutcomes("whatsapp", outboundWhatsApp);
  const report = { inboundSms, outboundSms, outboundWhatsApp };
  const total = Object.values(report)
    .flatMap((tally) => Object.values(tally))
    .reduce((sum, n) => sum + n, 0);
  if (total > 0) ctx.log.info(report, "reconciled messages with the providers");
  return report;
}

function countOutcomes(channel: "sms" | "whatsapp", tally: Readonly<Record<string, number>>): void {
  for (const [outcome, count] of Object.entries(tally))
    metrics().messagesReconciled.inc({ channel, outcome }, count);
}
