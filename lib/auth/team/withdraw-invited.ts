import { recordChange } from "@/lib/audit/record-change";
import type { Queryable } from "@/lib/db/pool";
import type { Ctx } from "../context";
import { withdrawLinks } from "../links";
import { isRole } from "../permissions";
import { listInvitations } from "../store/invitations";
import { mayOnTeam } from "./rules";

/**
 * Withdraws the waiting invitations of a member which they could not send any more: all of whoever leaves (`role` null), and
 * of a new role those that it may not send. Else they could come back by a link to another address of theirs. Within the
 * transaction of the change, which holds the team's lock.
 */
export async function withdrawInvited(
  ctx: Ctx,
  tx: Queryable,
  { orgId, userId, role }: { readonly orgId: string; readonly userId: string; readonly role: string | null },
): Promise<void> {
  for (const { id, email, role: invitedAs, inviterId } of await listInvitations(orgId, tx)) {
    if (inviterId !== userId || (role !== null && maySend(role, invitedAs))) continue;
    await withdrawLinks(ctx, tx, { kind: "invitation", id });
    await recordChange(ctx, tx, {
      ...{ orgId, action: "team/invitation-withdrawn", subject: email },
      before: { role: invitedAs },
      after: {},
    });
  }
}

/** How many owners there are plays no part in an invitation. */
const maySend = (role: string, invitedAs: string): boolean =>
  isRole(invitedAs) && mayOnTeam({ role, owners: 1 }, { kind: "invite", role: invitedAs }) === "allowed";
