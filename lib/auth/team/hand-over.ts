import { recordChange } from "@/lib/audit/record-change";
import type { Ctx } from "../context";
import { setRole } from "../store/team";
import { inTeam, tellOfTeam } from "./in-team";
import { mailOwners } from "./mail-owners";
import { withdrawInvited } from "./withdraw-invited";

/** An owner makes another member an owner and becomes a manager, both or neither. Throws conflict where they are one already. */
export async function handOver(
  ctx: Ctx,
  orgId: string,
  { userId }: { readonly userId: string },
): Promise<void> {
  const former = await inTeam(ctx, orgId, "team.manage", async (tx, team) => {
    const next = team.find(userId);
    team.allow({ kind: "hand-over", from: next.role });
    await setRole(tx, { orgId, userId }, "owner");
    await setRole(tx, { orgId, userId: team.acting.userId }, "manager");
    await recordChange(ctx, tx, {
      orgId,
      action: "team/owner-handed-over",
      subject: next.email,
      before: { owner: team.acting.email },
      after: { owner: next.email },
    });
    await mailOwners(ctx, tx, { team, person: next, by: team.acting, how: "handed-over" });
    await withdrawInvited(ctx, tx, { orgId, userId: team.acting.userId, role: "manager" });
    return team.acting.userId;
  });
  tellOfTeam(orgId, userId, former);
}
