import type { Ctx } from "@/lib/auth/context";
import { keepProviderEvent } from "@/lib/db/provider-events";
import type { StatusUpdate } from "@/lib/inbox/core/message";
import { recordStatus } from "@/lib/inbox/record-status";
import { followFailure } from "@/lib/inbox/store/failures";
import { metrics } from "@/lib/shared/metrics";
import { twilioErrors } from "./errors";
import type { SmsStatus } from "./parse";
import { findSmsGarage } from "./receive";

/** Acts on a verified status callback. Repeats and any order are fine. Throws where we failed. */
export async function receiveSmsStatus(ctx: Ctx, { update, serviceSid }: SmsStatus): Promise<void> {
  if (!update) {
    metrics.messageItems.inc({ channel: "sms", outcome: "status-passed-over" });
    return;
  }
  const garage = await findSmsGarage(ctx, update.identity, serviceSid);
  if (garage) await recordSmsStatus(ctx, garage.orgId, update);
  else await keepUnknown(ctx, update);
}

/** A status of one of our texts, and what follows from a failure. */
export async function recordSmsStatus(ctx: Ctx, orgId: string, update: StatusUpdate): Promise<void> {
  if (update.status === "failed") {
    const next = twilioErrors.afterFailedStatus(update.errorCode);
    await followFailure(orgId, update, next, ctx.newId());
    if (next === "alert-operator") {
      ctx.log.error({ orgId, code: update.errorCode }, "Twilio does not deliver: an operator must look");
    }
  }
  const { kind } = await recordStatus(ctx, orgId, update);
  metrics.messageItems.inc({ channel: "sms", outcome: `status-${kind}` });
}

async function keepUnknown(ctx: Ctx, update: StatusUpdate): Promise<void> {
  metrics.messageItems.inc({ channel: "sms", outcome: "unknown-number" });
  ctx.log.warn({ status: update.status }, "a status of a text from a number that is nobody's");
  await keepProviderEvent({
    provider: "twilio",
    id: `status:${update.providerId}:${update.status}`,
    orgId: undefined,
    type: "unknown-number",
    payload: { ...update },
    receivedAt: ctx.now(),
  });
}
