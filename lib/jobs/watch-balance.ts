import type { Ctx } from "@/lib/auth/context";
import { claimTopUp } from "@/lib/billing/claim-top-up";
import { accountChanged } from "@/lib/credits/account-changed";
import type { SubscriptionState } from "@/lib/credits/core/subscription";
import { sendWarning, type Warning } from "@/lib/credits/send-warning";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { queueMail } from "@/lib/mail/queue-mail";

/**
 * Whatever a crossed wake mark asks for, in one transaction: the warning is recorded and its mail queued, and a charge of
 * auto top-up is claimed.
 */
export async function watchBalance(ctx: Ctx, orgId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const warning = await sendWarning(ctx, orgId, tx);
    if (warning.kind === "warned") await mailWarning(ctx, tx, orgId, warning);
    await claimTopUp(ctx, orgId, tx);
  });
  accountChanged(orgId);
}

/** At 75% the page alone says so. */
async function mailWarning(ctx: Ctx, tx: Queryable, orgId: string, warning: Warning): Promise<void> {
  const { threshold, about, state } = warning;
  if (threshold === 75) return;
  const cause = `warning:${threshold}:${warning.at.toISOString()}`;
  if (about.kind === "cap") {
    const { spentPence, capPence } = about;
    if (threshold === 90)
      await queueMail(ctx, tx, { orgId, letter: "trial-cap-low", cause, data: { spentPence, capPence } });
    else await queueMail(ctx, tx, { orgId, letter: "trial-cap-reached", cause, data: { capPence } });
    return;
  }
  const { left, maximum, shortfall } = about;
  const remedy = remedyIn(state);
  if (threshold === 90)
    await queueMail(ctx, tx, {
      orgId,
      letter: "credits-low",
      cause,
      data: { balance: left, maximum, remedy },
    });
  else await queueMail(ctx, tx, { orgId, letter: "credits-exhausted", cause, data: { shortfall, remedy } });
}

function remedyIn(state: SubscriptionState): "buy" | "pay" | "subscribe" {
  if (state === "past_due") return "pay";
  return state === "canceled" ? "subscribe" : "buy";
}
