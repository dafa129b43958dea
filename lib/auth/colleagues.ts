import { type Ctx, requireMember } from "./context";
import type { Permission } from "./permissions";
import { type Colleague, membersWith } from "./store/colleagues";

/** Who of the garage has a permission, by name: those to whom its work can be given. Needs that permission. */
export async function colleaguesWith(ctx: Ctx, orgId: string, permission: Permission): Promise<Colleague[]> {
  requireMember(ctx.actor, orgId, permission);
  return membersWith(orgId, permission);
}
