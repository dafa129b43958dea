import { recordChange } from "@/lib/audit/record-change";
import type { Queryable } from "@/lib/db/pool";
import type { Ctx } from "../context";
import { deleteMember, type TeamMember } from "../store/team";
import { inTeam, type LockedTeam, tellOfTeam } from "./in-team";
import { mailOwners } from "./mail-owners";
import { withdrawInvited } from "./withdraw-invited";

/**
 * Takes a member out of the garage, as far as `mayOnTeam` allows. Their sessions act for it no longer, and what they held or
 * looked after goes back to the team, what they invited is withdrawn; their account and their other garages stay. Throws conflict for its last owner.
 */
export async function removeMember(
  ctx: Ctx,
  orgId: string,
  { userId }: { readonly userId: string },
): Promise<void> {
  await inTeam(ctx, orgId, "team.manage", async (tx, team) => {
    const member = team.find(userId);
    const isSelf = member.userId === team.acting.userId;
    team.allow(isSelf ? { kind: "leave" } : { kind: "remove", from: member.role });
    await takeOut(tx, ctx, { orgId, team }, member, isSelf ? "team/left" : "team/removed");
  });
  tellOfTeam(orgId, userId);
}

/** The actor leaves the garage, whatever their role. Throws conflict for its last owner. */
export async function leaveGarage(ctx: Ctx, orgId: string): Promise<void> {
  const left = await inTeam(ctx, orgId, null, async (tx, team) => {
    team.allow({ kind: "leave" });
    await takeOut(tx, ctx, { orgId, team }, team.acting, "team/left");
    return team.acting.userId;
  });
  tellOfTeam(orgId, left);
}

async function takeOut(
  tx: Queryable,
  ctx: Ctx,
  { orgId, team }: { readonly orgId: string; readonly team: LockedTeam },
  member: TeamMember,
  action: "team/left" | "team/removed",
): Promise<void> {
  const { userId, email, role } = member;
  await deleteMember(tx, { orgId, userId });
  await recordChange(ctx, tx, { orgId, action, subject: email, before: { role }, after: {} });
  const how = action === "team/left" ? "left" : "removed";
  if (role === "owner") await mailOwners(ctx, tx, { team, person: member, by: team.acting, how });
  await withdrawInvited(ctx, tx, { orgId, userId, role: null });
}
