import type { Ctx } from "@/lib/auth/context";
import { listExpiringGifts } from "@/lib/credits/list-expiring-gifts";
import { inTransaction } from "@/lib/db/transaction";
import { queueMail } from "@/lib/mail/queue-mail";
import { londonClock } from "@/lib/shared/london-time";
import { wholeBalance } from "@/lib/shared/money";

const DAY_MS = 86_400_000;
const BATCH = 500;

/** How many days before gifted credits expire their owners are told. */
const NOTICES = [14, 3] as const;

/** The hours in which mails that can wait are sent: minutes after midnight, in London. */
const DAYTIME = { from: 8 * 60, to: 20 * 60 } as const;

/**
 * Tells owners of gifted credits that are about to expire, by day, once for each notice and lot. Returns how many mails
 * that made.
 */
export async function warnOfExpiry(ctx: Ctx): Promise<number> {
  const now = ctx.now();
  const { minute } = londonClock(now);
  if (minute < DAYTIME.from || minute >= DAYTIME.to) return 0;
  const until = new Date(now.getTime() + NOTICES[0] * DAY_MS);
  let mails = 0;
  let page = await listExpiringGifts(ctx, until, BATCH);
  for (; page.length > 0; page = await listExpiringGifts(ctx, until, BATCH, page.at(-1))) {
    for (const { orgId, lotId, remaining, expiresAt } of page) {
      const isLast = expiresAt.getTime() - now.getTime() <= NOTICES[1] * DAY_MS;
      const cause = `expiry:${lotId}:${isLast ? NOTICES[1] : NOTICES[0]}`;
      const data = { remaining: wholeBalance(remaining), expiresAt: expiresAt.toISOString() };
      mails += await inTransaction((tx) =>
        queueMail(ctx, tx, { orgId, letter: "credits-expiring", cause, data }),
      );
    }
  }
  if (mails > 0) ctx.log.info({ mails }, "told owners of gifted credits that expire soon");
  return mails;
}
