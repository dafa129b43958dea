import { announceChange } from "@/lib/db/announce";
import { dropCached } from "./balance-cache";

/** After the commit: this process and every other one read the account anew. */
export function accountChanged(orgId: string): void {
  dropCached(orgId);
  announceChange([orgId]);
}
