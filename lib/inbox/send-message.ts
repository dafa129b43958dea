import type { Ctx } from "@/lib/auth/context";
import { claimMessage } from "./claim-message";
import type { MessageChannel, OutboundMessage, SendOutcome } from "./core/message";
import { type HandOver, handOverFile } from "./hand-over-file";
import { recordSend } from "./record-send";

export type Senders = Readonly<
  Record<MessageChannel, (message: OutboundMessage, attempt: number) => Promise<SendOutcome>>
> & { readonly handOver: HandOver };

/** Asks for the job to be run again, no sooner than the provider allows. */
export type SendAgain = { readonly afterMs: number };

/**
 * Sends one queued message: claim under the lock, send without one, record. A file is handed over before that, under no claim.
 * Returns when to try again, if at all.
 */
export async function sendMessage(
  ctx: Ctx,
  senders: Senders,
  job: { orgId: string; messageId: string; attempt: number; lastAttempt: boolean },
): Promise<SendAgain | undefined> {
  let claim = await claimMessage(ctx, job.orgId, job.messageId);
  if (claim.kind === "hand-over") {
    const hindrance = await handOverFile(ctx, senders.handOver, job);
    if (hindrance) return follow(ctx, job, hindrance);
    claim = await claimMessage(ctx, job.orgId, job.messageId);
  }
  if (claim.kind !== "send") return undefined;
  return follow(ctx, job, await senders[claim.message.channel](claim.message, job.attempt));
}

async function follow(
  ctx: Ctx,
  job: { orgId: string; messageId: string; lastAttempt: boolean },
  outcome: SendOutcome,
): Promise<SendAgain | undefined> {
  if (outcome.kind !== "retry") {
    await recordSend(ctx, job.orgId, job.messageId, outcome);
    return undefined;
  }
  const { code, reason, afterMs } = outcome;
  if (job.lastAttempt) {
    const failed = {
      kind: "failed",
      reason,
      next: "tell-staff",
      ...(code === undefined ? {} : { code }),
    } as const;
    await recordSend(ctx, job.orgId, job.messageId, failed);
    return undefined;
  }
  await recordSend(ctx, job.orgId, job.messageId, outcome);
  return { afterMs };
}
