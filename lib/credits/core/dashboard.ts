import type { SubscriptionState } from "./decide-gate";

/** Trials see their balance alone; everything else of the dashboard is for active and grandfathered organisations. */
const WHOLE: readonly SubscriptionState[] = ["active", "grandfathered"];
const BALANCE: readonly SubscriptionState[] = [...WHOLE, "trial"];

export const seesBalance = (state: SubscriptionState): boolean => BALANCE.includes(state);
export const seesWholeDashboard = (state: SubscriptionState): boolean => WHOLE.includes(state);
