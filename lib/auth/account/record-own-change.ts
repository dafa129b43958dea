import { type Change, recordChange } from "@/lib/audit/record-change";
import type { Queryable } from "@/lib/db/pool";
import type { Ctx } from "../context";
import { selectGarages } from "../store/people";

/**
 * Keeps what was changed of a person's account in the audit of every garage that they belong to: the account is theirs in all of
 * them.
 */
export async function recordOwnChange(
  ctx: Ctx,
  tx: Queryable,
  userId: string,
  change: Omit<Change, "orgId" | "subject">,
): Promise<void> {
  for (const { orgId, email } of await selectGarages(tx, userId))
    await recordChange(ctx, tx, { ...change, orgId, subject: email });
}
