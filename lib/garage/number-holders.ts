import type { Queryable } from "@/lib/db/pool";
import { countHolders, insertHolder, renameHolder } from "./store/number-holders";

/** A telephone number (E.164) as it was seen with a user id. */
export type NumberHolder = {
  readonly orgId: string;
  readonly number: string;
  readonly userId: string;
  /** The id that the same person had before. */
  readonly formerly?: string | undefined;
  readonly at: Date;
};

/** Keeps within `tx` that a number was seen with a user id. For the inbox, which receives what customers send. */
export async function noteNumberHolder(tx: Queryable, holder: NumberHolder): Promise<void> {
  const { orgId, userId, formerly } = holder;
  if (formerly !== undefined && formerly !== userId) await renameHolder(tx, { orgId, formerly, userId });
  await insertHolder(tx, holder);
}

/** Whether a number was seen with two user ids: then it identifies nobody, until staff say whose it is. */
export async function isSharedNumber(orgId: string, number: string, tx?: Queryable): Promise<boolean> {
  return (await countHolders(orgId, number, tx)) > 1;
}
