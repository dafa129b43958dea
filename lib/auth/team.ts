import { inTransaction } from "@/lib/db/transaction";
import { publishAccess } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import type { Ctx } from "./context";
import { ROLES, type Role } from "./permissions";
import { deleteMember, lockMembers, type MemberRow, setRole } from "./store/team";

type Change = { readonly orgId: string; readonly userId: string };

/**
 * Gives a member of the garage another of the four roles. Owners and managers may; only an owner makes, changes or removes
 * an owner, and a garage keeps one. Throws conflict for its last owner.
 */
export async function changeRole(ctx: Ctx, change: Change & { readonly role: Role }): Promise<void> {
  if (!ROLES.includes(change.role))
    throw new AppError("invalid_input", "Choose one role.", { field: "role" });
  await changeTeam(ctx, change, change.role, setRole);
}

/** Takes a member out of the garage, under the rules of `changeRole`. Their sessions act for it no longer. */
export async function removeMember(ctx: Ctx, change: Change): Promise<void> {
  await changeTeam(ctx, change, null, deleteMember);
}

/**
 * `next`: the role afterwards; null removes the member. The whole team is locked, so that two owners cannot demote each
 * other at once and leave none.
 */
async function changeTeam<Next extends Role | null>(
  { actor }: Ctx,
  { orgId, userId }: Change,
  next: Next,
  apply: (tx: Parameters<typeof lockMembers>[0], member: MemberRow, next: Next) => Promise<void>,
): Promise<void> {
  if (actor.kind !== "member" || actor.orgId !== orgId) throw new AppError("not_found", "Not found.");
  await inTransaction(async (tx) => {
    const team = await lockMembers(tx, orgId);
    const acting = team.find((member) => member.userId === actor.userId);
    const changed = team.find((member) => member.userId === userId);
    if (!acting || !/^(owner|manager)$/.test(acting.role))
      throw new AppError("forbidden", "You do not have permission to do this.");
    if (!changed) throw new AppError("not_found", "Not found.");
    if (acting.role !== "owner" && (changed.role === "owner" || next === "owner"))
      throw new AppError("forbidden", "Only an owner can make, change or remove an owner.");
    const owners = team.filter(({ role }) => role === "owner");
    if (changed.role === "owner" && next !== "owner" && owners.length === 1)
      throw new AppError("conflict", "A garage keeps an owner. Make somebody else an owner first.");
    await apply(tx, changed, next);
  });
  publishAccess(userId);
}
