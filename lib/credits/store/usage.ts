import { pool } from "@/lib/db/pool";
import { TIME_ZONE } from "@/lib/shared/format";
import type { Microcredits } from "@/lib/shared/money";
import type { Channel } from "../core/price-usage";

export type ChannelUsage = {
  readonly channel: Channel;
  readonly interactions: bigint;
  readonly microcredits: Microcredits;
};

/** The rollup of a span of London days, `from` inclusive and `to` exclusive ("YYYY-MM-DD"). */
export async function usageByChannel(orgId: string, from: string, to: string): Promise<ChannelUsage[]> {
  const { rows } = await pool().query<ChannelUsage>(
    `SELECT channel, sum(interactions)::bigint AS interactions, sum(credits)::bigint AS microcredits
     FROM usage_daily WHERE org_id = $1 AND day >= $2 AND day < $3 GROUP BY channel`,
    [orgId, from, to],
  );
  return rows;
}

/**
 * What billable interactions cost on each day of a span that had any, in micro-dollars: a trial's spend. By settling, on
 * London's day.
 */
export async function costByDay(orgId: string, from: string, to: string): Promise<bigint[]> {
  const { rows } = await pool().query<{ cost: bigint }>(
    `SELECT sum(cost_micro_usd)::bigint AS cost FROM interaction
     WHERE org_id = $1 AND billable AND settled_at >= ($2::date)::timestamp AT TIME ZONE '${TIME_ZONE}'
       AND settled_at < ($3::date)::timestamp AT TIME ZONE '${TIME_ZONE}'
     GROUP BY (settled_at AT TIME ZONE '${TIME_ZONE}')::date`,
    [orgId, from, to],
  );
  return rows.map((row) => row.cost);
}

/** Every day of the span with what it used, days without usage included. */
export async function usageByDay(
  orgId: string,
  from: string,
  to: string,
): Promise<{ day: string; microcredits: Microcredits }[]> {
  const { rows } = await pool().query<{ day: string; microcredits: Microcredits }>(
    `SELECT d::date AS day, coalesce(sum(u.credits), 0)::bigint AS microcredits
     FROM generate_series($2::date, $3::date - 1, '1 day') AS d
     LEFT JOIN usage_daily AS u ON u.org_id = $1 AND u.day = d::date GROUP BY d ORDER BY d`,
    [orgId, from, to],
  );
  return rows;
}
