import { AppError } from "@/lib/shared/errors";
import { seesBalance, seesWholeDashboard } from "./core/dashboard";
import type { SubscriptionState } from "./core/decide-gate";

/** Throws not_found where this part of the dashboard is not shown: then its data is not answered either. */
export function refuseWithoutDashboard(state: SubscriptionState, part: "balance" | "whole"): void {
  if (part === "balance" ? seesBalance(state) : seesWholeDashboard(state)) return;
  throw new AppError("not_found", "The credit dashboard is not part of this subscription.");
}
