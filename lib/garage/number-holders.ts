import type { Queryable } from "@/lib/db/pool";
import { listHolders, listShared, noteHolders } from "./store/number-holders";

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

/** Which of these numbers were seen with two user ids: such a number identifies nobody, until staff say whose it is. */
export const sharedNumbers = (orgId: string, numbers: readonly string[]): Promise<ReadonlySet<string>> =>
  listShared(orgId, numbers);
