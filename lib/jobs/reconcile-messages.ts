import type { Ctx } from "@/lib/auth/context";
import { type InboundReconciliation, reconcileInboundSms } from "@/lib/channels/sms/reconcile-inbound";
import { type OutboundReconciliation, reconcileOutboundSms } from "@/lib/channels/sms/reconcile-outbound";
import { closeInterrupted } from "@/lib/channels/whatsapp/close-interrupted";
import { metrics } from "@/lib/shared/metrics";

export type MessageReconciliation = {
  readonly inboundSms: InboundReconciliation;
  readonly outboundSms: OutboundReconciliation;
  readonly outboundWhatsApp: { readonly unsent: number; readonly failed: number };
};

/**
 * Finds what was missed: texts that Twilio has and we do not, sends whose end nobody heard, and WhatsApp messages cut off
 * in mid-send. Nothing is fetched from Meta: it has no API for missed webhooks and delivers them again by itself.
 */
export async function reconcileMessages(ctx: Ctx): Promise<MessageReconciliation> {
  const inboundSms = await reconcileInboundSms(ctx);
  const outboundSms = await reconcileOutboundSms(ctx);
  const outboundWhatsApp = await closeInterrupted(ctx);
  const outcomes = { found: inboundSms.found, ...outboundSms };
  for (const [outcome, count] of Object.entries(outcomes)) {
    metrics.messagesReconciled.inc({ channel: "sms", outcome }, count);
  }
  for (const [outcome, count] of Object.entries(outboundWhatsApp)) {
    metrics.messagesReconciled.inc({ channel: "whatsapp", outcome }, count);
  }
  const report = { inboundSms, outboundSms, outboundWhatsApp };
  const total = Object.values(report)
    .flatMap((tally) => Object.values(tally))
    .reduce((sum, n) => sum + n, 0);
  if (total > 0) ctx.log.info(report, "reconciled messages with the providers");
  return report;
}
