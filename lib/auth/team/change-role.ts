import { recordChange } from "@/lib/audit/record-change";
import { AppError } from "@/lib/shared/errors";
import type { Ctx } from "../context";
import { isRole, type Role } from "../permissions";
import { setRole } from "../store/team";
import { inTeam, tellOfTeam } from "./in-team";
import { mailOwners } from "./mail-owners";
import { withdrawInvited } from "./withdraw-invited";

/**
 * Gives a member of the garage another of the four roles, as far as `mayOnTeam` allows. What they hold and may not work on
 * any longer goes back to the team, and what they may not invite any longer is withdrawn. Throws conflict for the garage's last owner.
 */
export async function changeRole(
  ctx: Ctx,
  orgId: string,
  { userId, role }: { readonly userId: string; readonly role: Role },
): Promise<void> {
  if (!isRole(role)) throw new AppError("invalid_input", "Choose one role.", { field: "role" });
  await inTeam(ctx, orgId, "team.manage", async (tx, team) => {
    const member = team.find(userId);
    team.allow({ kind: "change-role", from: member.role, to: role });
    await setRole(tx, { orgId, userId }, role);
    await recordChange(ctx, tx, {
      orgId,
      action: "team/role-changed",
      subject: member.email,
      before: { role: member.role },
      after: { role },
    });
    const how = role === "owner" ? "made" : "ended";
    if (member.role !== role && [member.role, role].includes("owner"))
      await mailOwners(ctx, tx, { team, person: member, by: team.acting, how });
    await withdrawInvited(ctx, tx, { orgId, userId, role });
  });
  tellOfTeam(orgId, userId);
}
