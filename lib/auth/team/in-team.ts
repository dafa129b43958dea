import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { publishAccess, publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { type Ctx, requireMember } from "../context";
import type { Permission } from "../permissions";
import { lockTeam, type Team, type TeamMember } from "../store/team";
import { mayOnTeam, type TeamAct, type Verdict } from "./rules";

const REFUSALS: Record<Exclude<Verdict, "allowed">, readonly ["forbidden" | "conflict", string]> = {
  "not-yours": ["forbidden", "You do not have permission to do this."],
  "owners-only": ["forbidden", "Only an owner can invite, make, change or remove an owner."],
  "last-owner": ["conflict", "A garage keeps an owner. Make somebody else an owner first."],
  "is-owner": ["conflict", "They are an owner already."],
};

/** A team as it is while nobody else can change it. */
export type LockedTeam = Team & {
  /** Who acts. */
  readonly acting: TeamMember;
  /** The member with this id. Throws not_found. */
  readonly find: (userId: string) => TeamMember;
  /** Throws forbidden or conflict, with words for people, unless who acts may do this. */
  readonly allow: (act: TeamAct) => void;
};

/**
 * Runs `work` in one transaction in which the team of the actor's garage is locked, so that two owners cannot demote each
 * other at once and leave none. Throws not_found for another garage, forbidden without the permission (null: none is needed)
 * and for whoever belongs to it no longer.
 */
export async function inTeam<T>(
  { actor }: Ctx,
  orgId: string,
  permission: Permission | null,
  work: (tx: Queryable, team: LockedTeam) => Promise<T>,
): Promise<T> {
  const { userId } = requireMember(actor, orgId, permission);
  return inTransaction(async (tx) => {
    const team = await lockTeam(tx, orgId);
    const acting = team?.members.find((member) => member.userId === userId);
    if (!team || !acting) throw new AppError("forbidden", "You are not in this garage’s team any more.");
    const owners = team.members.filter(({ role }) => role === "owner").length;
    return work(tx, {
      ...team,
      acting,
      find: (wanted) => team.members.find((member) => member.userId === wanted) ?? notInTeam(),
      allow: (act) => {
        const verdict = mayOnTeam({ role: acting.role, owners }, act);
        if (verdict === "allowed") return;
        const [code, message] = REFUSALS[verdict];
        throw new AppError(code, message);
      },
    });
  });
}

function notInTeam(): never {
  throw new AppError("not_found", "They are not in your team any more.");
}

/** After the commit: the browsers of whom it concerns, and the pages of the garage on which its people stand. */
export function tellOfTeam(orgId: string, ...userIds: readonly string[]): void {
  for (const userId of userIds) publishAccess(userId);
  publishLive({ type: "team/changed", orgId, userId: userIds[0] ?? null });
}
