import type { Ctx } from "@/lib/auth/context";
import { londonDay, plusDays } from "@/lib/shared/london-time";
import { microUsd } from "@/lib/shared/money";
import { estimateText } from "./core/forecast";
import { spendOf } from "./core/price-usage";
import { termsOf } from "./core/subscription";
import { isCapReached } from "./core/trial-cap";
import { configuredRates } from "./rates";
import type { AccountRow } from "./store/account";
import { costByDay, usageByDay } from "./store/usage";

const ESTIMATE_DAYS = 14;

/**
 * How long it lasts, in the spec's sentence: the balance, or what is left of a trial's cap. Null where there is nothing to
 * say, and where the usage cannot be read, which must not take the balance with it.
 */
export async function estimateFor(ctx: Ctx, account: AccountRow): Promise<string | null> {
  const today = londonDay(ctx.now());
  const span = [account.orgId, plusDays(today, -ESTIMATE_DAYS), today] as const;
  const { trialCapMicroGbp: cap, trialSpentMicroGbp: spent } = account;
  try {
    if (termsOf(account.state).gate !== "cap" || cap === 0n)
      return estimateText(
        account.balance,
        (await usageByDay(...span)).map(({ microcredits }) => microcredits),
      );
    if (isCapReached(account)) return null;
    const rates = configuredRates();
    return estimateText(
      cap - spent,
      (await costByDay(...span)).map((cost) => spendOf(rates, microUsd(cost))),
    );
  } catch (error) {
    ctx.log.error({ err: error, orgId: account.orgId }, "the usage could not be read for an estimate");
    return null;
  }
}
