import { queryOptions } from "@tanstack/react-query";
import type { BalanceDto, LotDto } from "./get-balance";
import type { NoticesDto } from "./get-notices";
import type { TrendDto } from "./get-trend";
import type { UsageDto } from "./get-usage";

export type { BalanceDto, LotDto, NoticesDto, TrendDto, UsageDto };

/** The degradation banner is the gate's answer, never older than this. */
const NOTICES_MS = 15_000;

// A key is the path of its API: the browser's cache reads ["credits", "balance"] from /api/credits/balance.

export const balanceQuery = () => queryOptions<BalanceDto>({ queryKey: ["credits", "balance"] });

export const usageQuery = () => queryOptions<UsageDto>({ queryKey: ["credits", "usage"] });

export const trendQuery = () => queryOptions<TrendDto>({ queryKey: ["credits", "trend"] });

export const noticesQuery = () =>
  queryOptions<NoticesDto>({ queryKey: ["credits", "notices"], refetchInterval: NOTICES_MS });
