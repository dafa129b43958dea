import { pool } from "@/lib/db/pool";
import { type AccountRow, readAccount } from "./account";
import { type Lot, openLots } from "./postings";

export type BalanceRow = AccountRow & { readonly lots: readonly Lot[] };

/** An account with its open lots, in the order of the draw. Throws not_found where there is none. */
export async function readBalance(orgId: string): Promise<BalanceRow> {
  const [account, lots] = await Promise.all([readAccount(orgId), openLots(pool(), orgId)]);
  return { ...account, lots };
}
