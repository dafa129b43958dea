import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import { type Ctx, requireMember, requireSystem } from "./context";
import { type NamedOwner, type Owner, selectNamedOwners, selectOwner, selectOwners } from "./store/owners";

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

/** The owners by name, with where their mail goes: for one of them. Throws forbidden for who is none. */
export async function fellowOwners(ctx: Ctx, orgId: string): Promise<NamedOwner[]> {
  const { role } = requireMember(ctx.actor, orgId, null);
  if (role !== "owner") throw new AppError("forbidden", "Only an owner can see this.");
  return selectNamedOwners(orgId);
}
