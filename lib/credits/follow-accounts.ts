import { dropCached, setListening } from "./balance-cache";

/** The organisations named in an account announcement, whose cached balances are dropped here. */
export function accountsAnnounced(payload: string): string[] {
  const orgIds = payload.split(",");
  for (const orgId of orgIds) dropCached(orgId);
  return orgIds;
}

/** Whether announcements are heard; without them the cache keeps a balance for a second only. */
export const accountsHeard = setListening;
