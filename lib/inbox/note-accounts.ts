import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { noteBusinessAccount } from "@/lib/garage/business-accounts";
import { enqueue } from "@/lib/queue/enqueue";
import type { AccountNote } from "./core/delivery";

/**
 * Notes which business account each number of a delivery belongs to, and has templates read that are new or were said to
 * have changed. What fails is logged alone: the next delivery says it again, and every hour all are read. For the system only.
 */
export async function noteAccounts(ctx: Ctx, notes: readonly AccountNote[]): Promise<void> {
  requireSystem(ctx.actor);
  for (const { accountId, identities, templatesChanged } of notes) {
    try {
      let isNew = false;
      for (const identity of identities)
        isNew = (await noteBusinessAccount(ctx, identity, accountId)) || isNew;
      if (isNew || templatesChanged)
        await inTransaction((tx) => enqueue(tx, "read-templates", { accountId }));
    } catch (error) {
      ctx.log.warn({ err: error, accountId }, "what a delivery says of its business account is not noted");
    }
  }
}
