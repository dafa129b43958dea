import type { Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import { metrics } from "@/lib/shared/metrics";
import { moveOrder } from "./store/orders";
import { endAttempt, findOpenAttempt } from "./store/top-up-attempts";
import { endLink } from "./store/top-up-links";

/**
 * For an owner who saves other terms or switches off, in that transaction, which holds the account: what was claimed under the
 * terms before and not sent ends here, and its reservation with it. What was sent is left to Stripe's word, which a job asks for,
 * as for a page on which the cardholder may be paying.
 */
export async function withdrawTopUp(
  ctx: Ctx,
  tx: Queryable,
  orgId: string,
  reason: "switched_off" | "terms_changed",
): Promise<void> {
  const at = ctx.now();
  await endLink(tx, orgId, "replaced", at);
  const open = await findOpenAttempt(orgId, tx);
  if (!open) return;
  const job = { orgId, attemptId: open.id };
  if (open.via === "link") return enqueue(tx, "close-top-up-page", job);
  if (open.sentAt === null && (await endAttempt(tx, open, { status: "withdrawn", reason, at }))) {
    metrics().topUps.inc({ outcome: "withdrawn" });
    await moveOrder({ orgId, id: open.orderId }, "expired", tx);
  }
  await enqueue(tx, "charge-top-up", job);
}
