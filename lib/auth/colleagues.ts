import type { Queryable } from "@/lib/db/pool";
import { type Ctx, requireMember } from "./context";
import type { Permission } from "./permissions";
import { type Colleague, membersWith, memberWith } from "./store/colleagues";

/** Who of the garage has a permission, by name: those to whom its work can be given. Needs that permission. */
export async function colleaguesWith(ctx: Ctx, orgId: string, permission: Permission): Promise<Colleague[]> {
  requireMember(ctx.actor, orgId, permission);
  return membersWith(orgId, permission);
}

/**
 * One of them, who neither leaves nor gets another role until the transaction ends; undefined for anybody else. Needs that
 * permission.
 */
export async function colleagueWith(
  tx: Queryable,
  ctx: Ctx,
  orgId: string,
  { permission, userId }: { readonly permission: Permission; readonly userId: string },
): Promise<Colleague | undefined> {
  requireMember(ctx.actor, orgId, permission);
  return memberWith(tx, orgId, permission, userId);
}
