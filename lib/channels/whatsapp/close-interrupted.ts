import type { Ctx } from "@/lib/auth/context";
import { recordSend } from "@/lib/inbox/record-send";
import { listUnfinished } from "@/lib/inbox/store/unfinished";

const MINUTE_MS = 60_000;
const PATIENCE_MS = 15 * MINUTE_MS;
const LOOK_BACK_MS = 48 * 60 * MINUTE_MS;
const MOST = 500;

/**
 * Tells staff of messages whose sending was cut off and of which no status came: Meta has no API that would say whether
 * it took them, nor one that lists missed webhooks (it delivers those again for days by itself). Returns how many.
 */
export async function closeInterrupted(ctx: Ctx): Promise<{ unsent: number; failed: number }> {
  const now = ctx.now().getTime();
  const between = { since: new Date(now - LOOK_BACK_MS), before: new Date(now - PATIENCE_MS) };
  const tally = { unsent: 0, failed: 0 };
  for (const { orgId, messageId } of await listUnfinished("whatsapp", "sending", between, MOST)) {
    const reason = "It is not known whether this was sent: the sending was interrupted.";
    try {
      await recordSend(ctx, orgId, messageId, { kind: "failed", reason, next: "tell-staff" });
      tally.unsent += 1;
    } catch (error) {
      tally.failed += 1;
      ctx.log.error({ orgId, err: error }, "an interrupted message could not be closed");
    }
  }
  return tally;
}
