import { type Ctx, requireMember } from "@/lib/auth/context";
import { londonDay } from "@/lib/shared/london-time";
import { wholeUsageParts } from "@/lib/shared/money";
import { billingPeriod } from "./core/billing-cycle";
import type { Channel } from "./core/price-usage";
import { refuseWithoutDashboard } from "./dashboard-access";
import { readAccount } from "./store/account";
import { usageByChannel } from "./store/usage";

const CHANNELS: readonly Channel[] = ["voice", "whatsapp", "sms", "diagnostics"];

export type UsageDto = {
  /** London dates: the cycle starts on `start` and ends before `end`. */
  readonly cycle: { readonly start: string; readonly end: string };
  /** Whole credits of all channels. */
  readonly total: number;
  readonly channels: readonly {
    readonly channel: Channel;
    readonly interactions: number;
    readonly credits: number;
  }[];
};

/** This cycle's usage by channel: the total rounds half up, and the channels add up to it. Needs `billing.credits.view`; not for trials. */
export async function getUsage(ctx: Ctx, orgId: string): Promise<UsageDto> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  const account = await readAccount(orgId);
  refuseWithoutDashboard(account.state, "whole");
  const period = billingPeriod(ctx.now(), account.anchorAt);
  const cycle = { start: period.key, end: londonDay(period.endsAt) };
  const used = new Map(
    (await usageByChannel(orgId, cycle.start, cycle.end)).map((usage) => [usage.channel, usage]),
  );
  const credits = wholeUsageParts(CHANNELS.map((channel) => used.get(channel)?.microcredits ?? 0n));
  return {
    cycle,
    total: credits.reduce((sum, part) => sum + part, 0),
    channels: CHANNELS.map((channel, index) => ({
      channel,
      interactions: Number(used.get(channel)?.interactions ?? 0n),
      credits: credits[index] ?? 0,
    })),
  };
}
