import type { Queryable } from "@/lib/db/pool";
import { listHolders, noteHolders } from "./store/number-holders";

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
export async function noteNumberHolder(tx: Queryable, { orgId, ...holder }: NumberHolder): Promise<void> {
  await noteHolders(tx, orgId, [holder]);
}

/** The user ids with which a number was seen. */
export const holdersOf = (orgId: string, number: string, tx?: Queryable): Promise<string[]> =>
  listHolders(orgId, number, tx);

/** Whether a number was seen with two user ids: then it identifies nobody, until staff say whose it is. */
export async function isSharedNumber(orgId: string, number: string): Promise<boolean> {
  return (await listHolders(orgId, number)).length > 1;
}
