import type { SubscriptionState } from "@/lib/credits/core/subscription";
import { refuseWithoutDashboard } from "@/lib/credits/dashboard-access";
import type { TopUp } from "./store/top-ups";

/** Throws not_found where the card is not shown. Who has configured it sees it in any state: it rests, and can be switched off. */
export function refuseTopUpCard(state: SubscriptionState, topUp: TopUp | undefined): void {
  if (!topUp) refuseWithoutDashboard(state, "whole");
}
