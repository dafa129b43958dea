import type { Ctx } from "@/lib/auth/context";
import { findUnsettled } from "@/lib/credits/find-unsettled";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { flagUnanswered } from "@/lib/inbox/flag-unanswered";
import { microUsd } from "@/lib/shared/money";

const OLD_MS = 30 * 60_000;
const BATCH = 500;

/**
 * Ends what was started and never settled, other than calls (their provider is asked, see `reconcile-calls`): a degraded
 * message whose count was lost, an answer whose every attempt failed, a query whose process died. They settle at no cost,
 * and a message that nobody answered goes to a person.
 */
export async function settleLeftovers(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now().getTime() - OLD_MS);
  const left = await findUnsettled(ctx, ["whatsapp", "sms", "diagnostics"], before, BATCH);
  for (const { orgId, channel, providerRef, start } of left) {
    if (start.mode === "full" && channel !== "diagnostics")
      await flagUnanswered(ctx, orgId, channel, providerRef);
    await settleInteraction(ctx, { orgId, channel, providerRef, cost: microUsd(0n), counted: true, start });
  }
  if (left.length > 0) ctx.log.warn({ interactions: left.length }, "settled what had been left unsettled");
  return left.length;
}
