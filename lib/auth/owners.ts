import type { Queryable } from "@/lib/db/pool";
import { type Ctx, requireSystem } from "./context";
import { type Owner, selectOwner, selectOwners } from "./store/owners";

/** The user ids of an organisation's owners, as they are within `tx`. */
export async function listOwners(ctx: Ctx, tx: Queryable, orgId: string): Promise<string[]> {
  requireSystem(ctx.actor);
  return selectOwners(tx, orgId);
}

/** An owner's address and garage as they are now; undefined where the user is no owner of it any more. */
export async function findOwner(ctx: Ctx, orgId: string, userId: string): Promise<Owner | undefined> {
  requireSystem(ctx.actor);
  return selectOwner(orgId, userId);
}
