import type { Ctx } from "@/lib/auth/context";
import { claimTopUp, type TopUpClaim } from "@/lib/billing/claim-top-up";
import { accountChanged } from "@/lib/credits/account-changed";
import type { SubscriptionState } from "@/lib/credits/core/subscription";
import { sendWarning, type Warning } from "@/lib/credits/send-warning";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import type { LetterData } from "@/lib/mail/letters";
import { queueMail } from "@/lib/mail/queue-mail";

type Remedy = LetterData<"credits-low">["remedy"];

/**
 * What a crossed wake mark leads to, in one transaction: the warning is recorded and its mail queued, and a charge of
 * auto top-up is claimed.
 */
export async function watchBalance(ctx: Ctx, orgId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const warning = await sendWarning(ctx, orgId, tx);
    const claim = await claimTopUp(ctx, orgId, tx);
    if (warning.kind === "warned") await mailWarning(ctx, tx, orgId, warning, remedyIn(warning.state, claim));
  });
  accountChanged(orgId);
}

/** At 75% only the page shows the warning; no mail is sent. */
async function mailWarning(
  ctx: Ctx,
  tx: Queryable,
  orgId: string,
  warning: Warning,
  remedy: Remedy,
): Promise<void> {
  const { threshold, about } = warning;
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
  if (threshold === 90)
    await queueMail(ctx, tx, {
      orgId,
      letter: "credits-low",
      cause,
      data: { balance: left, maximum, remedy },
    });
  else await queueMail(ctx, tx, { orgId, letter: "credits-exhausted", cause, data: { shortfall, remedy } });
}

/** Owners who have auto top-up on are not told to turn it on. */
function remedyIn(state: SubscriptionState, { kind }: TopUpClaim): Remedy {
  if (state === "past_due") return "pay";
  if (state === "canceled") return "subscribe";
  if (kind === "off") return "buy";
  return kind === "claimed" || kind === "charging" || kind === "not_needed" ? "top-up" : "top-up-stopped";
}
