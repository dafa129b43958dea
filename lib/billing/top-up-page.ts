import type { Queryable } from "@/lib/db/pool";
import { findOrder } from "./store/orders";
import type { Attempt } from "./store/top-up-attempts";
import { findLink } from "./store/top-up-links";

/** Whether an attempt is a page at Stripe whose link has expired or was ended: nobody is to pay there any more. */
export async function isAbandoned(attempt: Attempt, now: Date, db?: Queryable): Promise<boolean> {
  if (attempt.via !== "link") return false;
  const link = await findLink(attempt.orgId, db);
  return link?.id !== attempt.linkId || link.expiresAt <= now;
}

/** Whether an open attempt is a page that the cardholder can still pay on, and has not. */
export async function isWaitingPage(attempt: Attempt, now: Date, db: Queryable): Promise<boolean> {
  if (attempt.via !== "link" || (await isAbandoned(attempt, now, db))) return false;
  return (await findOrder(attempt, db))?.status === "open";
}
