import type { CallCost } from "@/lib/calls/call";
import { microUsd } from "@/lib/shared/money";

/** One call cannot cost this much (dollars): twelve hours at the dearest rates stay far below. */
const MAX_COST_USD = 10_000;
const MICRO_PER_USD = 1_000_000;
const MAX_COST = BigInt(MAX_COST_USD * MICRO_PER_USD);
/** A call has fewer parts than this: one for each service that it used. */
const MAX_PARTS = 200;
const DECIMAL = /^\d{1,12}(\.\d{1,18})?(e-?\d{1,2})?$/i;

type Reading = bigint | "absent" | "refused";

/**
 * Dollars as the provider writes them (a number or its text) in whole micro-dollars, rounded half up.
 * "absent" where nothing was said, "refused" for a negative, endless or absurd figure: a cost never raises a balance.
 */
function readUsd(value: unknown): Reading {
  if (value === undefined || value === null || value === "") return "absent";
  const text = typeof value === "string" ? value.trim() : undefined;
  const usd =
    typeof value === "number" ? value : text !== undefined && DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(usd) || usd < 0 || usd > MAX_COST_USD) return "refused";
  return BigInt(Math.round(usd * MICRO_PER_USD));
}

/** The parts of a cost list, each with its own `cost`; those that are refused are left out. The sum has the same bound. */
function readSum(costs: unknown): Reading {
  if (!Array.isArray(costs)) return "absent";
  if (costs.length > MAX_PARTS) return "refused";
  const parts = costs.map((item: unknown) =>
    readUsd(typeof item === "object" && item !== null && "cost" in item ? item.cost : undefined),
  );
  const known = parts.filter((part) => typeof part === "bigint");
  if (known.length === 0) return parts.includes("refused") ? "refused" : "absent";
  const sum = known.reduce((total, part) => total + part, 0n);
  return sum > MAX_COST ? "refused" : sum;
}

type CostFields = { cost?: unknown; costs?: unknown; costBreakdown?: unknown };

/**
 * A report's cost: its own figure, else the call's, else the sum of its parts, else the breakdown's total; the first
 * that can be believed. None: 0, so that the report is never lost.
 */
export function readCost(message: CostFields, call: CostFields): CallCost {
  const total = (breakdown: unknown): unknown =>
    typeof breakdown === "object" && breakdown !== null && "total" in breakdown ? breakdown.total : undefined;
  const readings = [
    readUsd(message.cost),
    readUsd(call.cost),
    readSum(message.costs),
    readSum(call.costs),
    readUsd(total(message.costBreakdown)),
    readUsd(total(call.costBreakdown)),
  ];
  const found = readings.find((reading) => typeof reading === "bigint");
  const refused = readings.includes("refused");
  if (found !== undefined)
    return refused ? { cost: microUsd(found), problem: "refused" } : { cost: microUsd(found) };
  return { cost: microUsd(0n), problem: refused ? "refused" : "missing" };
}
