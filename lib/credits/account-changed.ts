import { announceChange } from "@/lib/db/announce";
import { dropCached } from "./balance-cache";

/** After the commit: this process and every other one read these accounts anew. */
export function accountChanged(...orgIds: readonly string[]): void {
  for (const orgId of orgIds) dropCached(orgId);
  announceChange(orgIds);
}
